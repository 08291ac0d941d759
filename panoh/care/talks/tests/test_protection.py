import pytest

from panoh.care.talks.protection import found_in

LINKS = ["takeitdown.ncmec.org", "support.google.com/accounts", "lex.uz"]
NUMBERS = ["112", "1146", "+998 71 203 00 10"]


@pytest.mark.parametrize(
    "text",
    [
        "Mening raqamim +998 90 123-45-67",
        "998901234567 ga telefon qil",
        "90 123 45 67",
        "(90) 123.45.67",
        "позвони 9 0 1 2 3 4 5 6 7",
        "нoмер 9О1234567",
        "９０１２３４５６７",
        "9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
        "to'qson bir yuz yigirma uch qirq besh oltmish yetti",
        "девяносто один сто двадцать три сорок пять шестьдесят семь",
        "nine zero one two three four five six seven",
        "toqsan bir júz jigirma úsh qırıq bes",
        "71 203 00 11",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == ["phone"]


@pytest.mark.parametrize(
    "text",
    [
        "112 ga qo'ng'iroq qiling, yoki 1146 ga",
        "Вызовите 103, это бесплатно",
        "Siz 13 yoshdasiz, singlingiz 9 yoshda",
        "2019-2024 yillarda shunday bo'lgan",
        "Это было 21.11.2026 в 14:30",
        "from 14:00 - 20:00, on 2026-11-21",
        "U sizdan 1 500 000 so'm so'radimi?",
        "Он просит 10 000 000 сум?",
        "Birga sanaymiz: bir, ikki, uch, to'rt, besh, olti, yetti",
        "Вдохни: один, два, три, четыре, пять, шесть",
        "Bizning raqam: +998 71 203-00-10",
        "7-sinf, 8-sinf, 9-sinf",
        "Take it down: https://takeitdown.ncmec.org/ru/1234567890/",
    ],
)
def test_ages_dates_sums_and_our_own_numbers_pass(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "meni @dilnoza_07 dan topasan",
        "@ dilnoza",
        "https://t.me/dilnoza",
        "t.me/dilnoza",
        "instagram.com/dilnoza.07",
        "instagramim: dilnoza_07",
        "мой ник в инсте dilya.2004",
        "dilnoza@example.org",
        "lichkamga yoz",
        "напиши мне в личку",
        "Just DM me",
        "telegramda dilnoza_maslahat ga yoz",
        "nomerińdi jaz maǵan",
        "Raqamingni yozib yubor",
    ],
)
def test_a_name_elsewhere_is_found(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == ["handle"]


@pytest.mark.parametrize(
    "text",
    [
        "Instagram sozlamalarida «Maxfiylik» bo'limini oching",
        "В телеграме можно закрыть номер для всех",
        "In Telegram you can hide your number from everybody",
        "Akkauntingiz nomini menga yozmang",
        "Сохраните скриншот и ник того, кто угрожает",
    ],
)
def test_advice_about_a_service_is_no_name_elsewhere(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/help",
        "Qarang: example.uz",
        "www.example.net",
        "http://takeitdown.ncmec.org.evil.com/",
        "https://takeitdown.ncmec.org@evil.com/",
        "https://support.google.com/other",
        "example dot com",
        "example nuqta uz",
        "ftp://203.0.113.5/x",
        "сайт пример.рф",
    ],
)
def test_a_link_outside_the_list_is_found(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == ["link"]


@pytest.mark.parametrize(
    "text",
    [
        "https://takeitdown.ncmec.org/",
        "Bu yerda: takeitdown.ncmec.org.",
        "https://support.google.com/accounts/answer/1",
        "www.lex.uz",
        "Rahmat.Siz bilan gaplashish yaxshi bo'ldi.",
        "Baho 4.5 bo'libdi",
    ],
)
def test_a_link_of_the_list_passes(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ertaga parkda uchrashamiz",
        "Кел, метро олдида кўришайлик",
        "Uyimga kel, gaplashamiz",
        "Давай встретимся после школы",
        "Я заеду за тобой",
        "Приходи ко мне в кабинет",
        "Let's meet at the library",
        "I'll pick you up",
        "Come to my office tomorrow",
        "Erteń ushırasayıq",
        "Navoiy ko'chasi 12",
        "ул. Навои, 12",
        "Manzilingni ayt",
    ],
)
def test_a_meeting_or_an_address_is_found(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == ["place"]


@pytest.mark.parametrize(
    "text",
    [
        "U odam bilan uchrashmang, bu xavfli",
        "Не встречайся с ним, это опасно",
        "Please do not meet him alone",
        "Ol menen ushıraspańız dep aytıwǵa bolmaydı ma?",
        "Uyda hozir kim bor?",
        "Кто сейчас с тобой дома?",
        "Did he ask for a meeting?",
    ],
)
def test_advice_against_a_meeting_passes(text: str) -> None:
    assert found_in(text, LINKS, NUMBERS) == []


def test_several_things_are_named_in_one_order() -> None:
    text = "Uchrashamiz! https://evil.example.com, @dilnoza_07, +998901234567"
    assert found_in(text, LINKS, NUMBERS) == ["phone", "handle", "link", "place"]


def test_a_long_text_of_signs_is_read_in_time() -> None:
    assert found_in("9-" * 2000 + "a." * 2000 + "@" * 500, LINKS, NUMBERS) == ["phone"]
