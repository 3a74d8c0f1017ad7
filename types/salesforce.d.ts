// The base components as Salesforce types them, and the template and stylesheet modules of LWC.
import '@salesforce/lightning-types';
import 'lwc';
