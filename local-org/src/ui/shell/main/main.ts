// First of all: base components are styled by the page's style sheet, as in Lightning Experience, only below synthetic shadow.
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import App from 'shell/app';

document.body.append(createElement('shell-app', { is: App }));
