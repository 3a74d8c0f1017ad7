/** Events by which components ask the page for something; the shell listens at the window. */
export const CLOSE_ACTION_SCREEN = 'lightning__actionsclosescreen';
export const REFRESH_VIEW = 'lightning__refreshview';
export const SHOW_TOAST = 'lightning__showtoast';
/** The header of a record asks to run an action. */
export const RUN_ACTION = 'shell__action';
/** A call was refused because the session is over. */
export const SESSION_ENDED = 'platform__sessionended';
