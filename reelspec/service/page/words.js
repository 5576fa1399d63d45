// What the page says, in both languages; a key that is missing is shown as it is.

const EN = {
  new: "New film",
  from: "Begin from",
  topic: "A topic",
  spec: "A spec",
  about: "What is the film about?",
  seconds: "Seconds",
  tongue: "Language",
  guess: "As the topic is written",
  yaml: "The spec, as YAML",
  mock: "Contact sheet",
  real: "Make the film",
  past: "Films so far",
  none: "None yet.",
  login: "This service needs a token",
  token: "Token",
  denied: "That is not the token.",
  enter: "Go in",
  ready: "ready",
  lacking: "cannot make films:",
  checking: "checking",
  good: "No problems. {seconds} s, {scenes} scenes.",
  wrong: "Problems: {count}",
  queued: "In line, number {position}",
  waiting: "In line",
  author: "Writing the spec",
  check: "Reading the spec",
  speak: "Speaking",
  sheet: "Painting the contact sheet",
  frames: "Making pictures",
  join: "Joining",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  left: "about {seconds} s left",
  download: "Download the film",
  "get-spec": "Spec",
  captions: "Captions",
  narration: "Narration",
  edit: "Edit this spec",
  stop: "Cancel",
  drop: "Remove",
  untitled: "A spec",
  picture: "Contact sheet: two stills of each scene",
  lost: "The service does not answer.",
  other: "العربية",
};

const AR = {
  new: "فيلم جديد",
  from: "ابدأ من",
  topic: "موضوع",
  spec: "مواصفة",
  about: "عمّ يتحدث الفيلم؟",
  seconds: "الثواني",
  tongue: "اللغة",
  guess: "كما كُتب الموضوع",
  yaml: "المواصفة بصيغة YAML",
  mock: "لوحة اللقطات",
  real: "اصنع الفيلم",
  past: "الأفلام السابقة",
  none: "لا شيء بعد.",
  login: "تحتاج هذه الخدمة إلى رمز دخول",
  token: "الرمز",
  denied: "الرمز غير صحيح.",
  enter: "دخول",
  ready: "جاهز",
  lacking: "لا يمكن صنع الأفلام:",
  checking: "جارٍ الفحص",
  good: "لا مشكلات. {seconds} ث، المشاهد: {scenes}.",
  wrong: "المشكلات: {count}",
  queued: "في الانتظار، رقم {position}",
  waiting: "في الانتظار",
  author: "كتابة المواصفة",
  check: "قراءة المواصفة",
  speak: "تسجيل التعليق",
  sheet: "رسم لوحة اللقطات",
  frames: "صنع الصور",
  join: "تجميع الفيلم",
  done: "اكتمل",
  failed: "فشل",
  cancelled: "أُلغي",
  left: "بقي نحو {seconds} ث",
  download: "نزّل الفيلم",
  "get-spec": "المواصفة",
  captions: "الترجمة المكتوبة",
  narration: "التعليق الصوتي",
  edit: "عدّل هذه المواصفة",
  stop: "إلغاء",
  drop: "حذف",
  untitled: "مواصفة",
  picture: "لوحة اللقطات: لقطتان من كل مشهد",
  lost: "الخدمة لا تجيب.",
  other: "English",
};

let words = EN;

/** The words for a key, with the values put in their places. */
export function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Speak English or Arabic from now on, and say everything anew that stands in the page. */
export function speak(lang) {
  words = lang === "ar" ? AR : EN;
  document.documentElement.lang = lang;
  document.documentElement.dir = lang === "ar" ? "rtl" : "ltr";
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
}
