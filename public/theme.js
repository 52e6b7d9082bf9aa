// Before the first paint: theme, language and the cover over clear values, so that none flashes, and what HTML the page may make of a text.
// Nothing else belongs here.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("shendu.theme");
    var lang = localStorage.getItem("shendu.lang");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (lang === "zh-CN" || lang === "en") root.lang = lang;
    if (sessionStorage.getItem("shendu.covered")) root.dataset.covered = "";
  } catch (_) {
    // Storage is blocked: the system's theme and the page's own language stand.
  }
  // The client makes its fixed parts from templates; the content security policy allows no HTML from texts but by this.
  // Deliberately absent: createScript and createScriptURL, so that no text ever becomes a program.
  if (window.trustedTypes) {
    trustedTypes.createPolicy("default", {
      createHTML: function (html) {
        if (/<(script|iframe|object|embed|base|meta|link)|\son\w+\s*=|javascript:/i.test(html)) throw new TypeError("this HTML is not allowed");
        return html;
      },
    });
  }
})();
