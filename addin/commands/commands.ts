/**
 * The function file the manifest has to name. No button runs a function yet: each opens the pane,
 * which Outlook does by itself. Office.js still wants to hear that the page has loaded.
 */
void Office.onReady()
