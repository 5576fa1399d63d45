"""A sample of some 30 words in each of several languages, to hear how fast a voice speaks."""

from __future__ import annotations

SAMPLES = {
    "en": "Every morning the baker opens the door before the street wakes up. The dough has rested "
    "all night, and the first loaves go into the oven. By six the whole house smells of bread.",
    "ar": "في كل صباح يفتح الخباز بابه قبل أن يستيقظ الشارع. لقد استراح العجين طوال الليل، وتدخل "
    "الأرغفة الأولى إلى الفرن. وعند السادسة تفوح رائحة الخبز في البيت كله وفي الحي.",
    "es": "Cada mañana el panadero abre la puerta antes de que la calle despierte. La masa ha "
    "reposado toda la noche y los primeros panes entran en el horno. A las seis toda la casa "
    "huele a pan.",
    "zh": "每天早晨，面包师在街道醒来之前就打开了店门。面团休息了一整夜，第一批面包已经放进烤箱。"
    "到了六点钟，整座房子都飘着面包的香味。",
    "ja": "パン屋は毎朝、通りが目を覚ます前に店の戸を開けます。生地は一晩休み、"
    "最初のパンが窯に入ります。六時には家じゅうに焼きたてのパンの香りが広がります。",
    "ko": "빵집 주인은 매일 아침 거리가 깨어나기 전에 문을 엽니다. 반죽은 밤새 쉬었고 "
    "첫 빵이 오븐에 들어갑니다. 여섯 시가 되면 온 집 안에 빵 냄새가 가득합니다.",
    "fr": "Chaque matin le boulanger ouvre sa porte avant que la rue ne se réveille. La pâte a "
    "reposé toute la nuit et les premiers pains entrent dans le four. À six heures toute la "
    "maison sent le pain.",
    "de": "Jeden Morgen öffnet der Bäcker seine Tür, bevor die Straße erwacht. Der Teig hat die "
    "ganze Nacht geruht, und die ersten Brote kommen in den Ofen. Um sechs Uhr duftet das ganze "
    "Haus nach Brot.",
    "it": "Ogni mattina il fornaio apre la porta prima che la strada si svegli. L'impasto ha "
    "riposato tutta la notte e i primi pani entrano nel forno. Alle sei tutta la casa profuma "
    "di pane.",
    "pt": "Todas as manhãs o padeiro abre a porta antes que a rua acorde. A massa descansou a "
    "noite inteira e os primeiros pães entram no forno. Às seis a casa toda cheira a pão.",
    "ru": "Каждое утро пекарь открывает дверь раньше, чем просыпается улица. Тесто отдыхало всю "
    "ночь, и первые буханки отправляются в печь. К шести часам весь дом пахнет свежим хлебом.",
    "tr": "Fırıncı her sabah sokak uyanmadan önce kapısını açar. Hamur bütün gece dinlendi ve ilk "
    "ekmekler fırına giriyor. Saat altıda bütün ev taze ekmek kokuyor.",
    "hi": "हर सुबह गली के जागने से पहले नानबाई अपना दरवाज़ा खोलता है। आटा सारी रात रखा रहा और पहली "
    "रोटियाँ भट्ठी में जाती हैं। छह बजे तक पूरा घर ताज़ी रोटी की खुशबू से भर जाता है।",
    "fa": "هر روز صبح نانوا پیش از آنکه کوچه بیدار شود در را باز می‌کند. خمیر تمام شب استراحت کرده "
    "است و نخستین نان‌ها به تنور می‌روند. ساعت شش همه خانه بوی نان می‌دهد.",
}
"""Language → prose of our own, in ordinary words, without numbers."""
