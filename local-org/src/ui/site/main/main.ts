import { start } from 'site/app';

start(document.body);
