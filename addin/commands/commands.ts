/**
 * The function file the manifest has to name. No ribbon button runs a function yet: the one there is opens the pane,
 * which Outlook does by itself. Office.js still wants to hear that the page has loaded.
 */
void Office.onReady()
