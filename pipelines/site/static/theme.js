/* Runs before the page is drawn: the theme chosen last, and a mark that scripts run. */
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("chipwatch-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch { /* private windows keep nothing */ }
