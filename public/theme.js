// Sets theme and language before the first paint, so that neither flashes. Nothing else belongs here.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("shendu.theme");
    var lang = localStorage.getItem("shendu.lang");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (lang === "zh-CN" || lang === "en") root.lang = lang;
  } catch (_) {
    // Storage is blocked: the system's theme and the page's own language stand.
  }
})();
