// SPDX-License-Identifier: Apache-2.0
#include "bench/Names.h"

#include <array>
#include <string_view>

namespace kith::bench {

namespace {

constexpr std::array<std::string_view, 96> FirstNames{
    "Anna",    "Maria",  "Sofia",  "Emma",    "Olivia",   "Zoë",       "Chloé",    "Inês",     "Lucía",  "Giulia",
    "Freya",   "Astrid", "Linnéa", "Aino",    "Kadri",    "Agnieszka", "Jadwiga",  "Zuzana",   "Ágnes",  "Ioana",
    "Elena",   "Юлия",   "Ольга",  "Наталія", "Ελένη",    "Μαρία",     "Ayşe",     "Zeynep",   "Fatima", "Leila",
    "Noor",    "Yasmin", "Priya",  "Ananya",  "Lakshmi",  "Mei",       "Xiu",      "さくら",   "陽子",   "지우",
    "Thảo",    "Linh",   "Siti",   "Amara",   "Chiamaka", "Wanjiru",   "Thandiwe", "Aroha",    "Malia",  "Camila",
    "James",   "Liam",   "Noah",   "Oliver",  "Séamus",   "Rhys",      "André",    "João",     "José",   "Luca",
    "Jürgen",  "Björn",  "Søren",  "Mikko",   "Tõnu",     "Łukasz",    "Paweł",    "Jiří",     "László", "Ștefan",
    "Dimitri", "Иван",   "Сергей", "Тарас",   "Γιώργος",  "Mehmet",    "Emre",     "Mohammed", "Omar",   "Tariq",
    "Reza",    "Arjun",  "Ravi",   "Sanjay",  "Wei",      "Jun",       "健太",     "翔",       "민준",   "Minh",
    "Budi",    "Kwame",  "Chidi",  "Kamau",   "Sipho",    "Mateo"};

constexpr std::array<std::string_view, 110> LastNames{
    "Smith",        "Jones",      "Murphy",    "O'Brien",    "Evans",    "Martin",   "Lefèvre",   "Dubois",
    "Silva",        "Gonçalves",  "García",    "Fernández",  "Muñoz",    "Rossi",    "Ferrari",   "Müller",
    "Schröder",     "Weiß",       "Jansen",    "de Vries",   "van Dijk", "Nielsen",  "Sørensen",  "Åberg",
    "Lindqvist",    "Öberg",      "Virtanen",  "Mäkinen",    "Tamm",     "Kowalski", "Wójcik",    "Nowák",
    "Dvořák",       "Kovács",     "Nagy",      "Popescu",    "Ionescu",  "Иванов",   "Петрова",   "Шевченко",
    "Παπαδόπουλος", "Nikolaidis", "Yılmaz",    "Demir",      "Öztürk",   "Haddad",   "Khoury",    "al-Farsi",
    "Hosseini",     "Sharma",     "Patel",     "Iyer",       "Reddy",    "Singh",    "Wang",      "Li",
    "Zhang",        "Chen",       "佐藤",      "鈴木",       "高橋",     "김",       "박",        "Nguyễn",
    "Trần",         "Phạm",       "Santoso",   "Wijaya",     "Tan",      "Okafor",   "Adeyemi",   "Mensah",
    "Otieno",       "Mwangi",     "Dlamini",   "Nkosi",      "Ngata",    "Kealoha",  "Rodríguez", "Pereira",
    "Rojas",        "Quispe",     "Ackermann", "Baumann",    "Castillo", "Delgado",  "Eriksson",  "Fischer",
    "Gruber",       "Hansen",     "Ivanova",   "Jensen",     "Keller",   "Larsen",   "Moreau",    "Novak",
    "Olsen",        "Pavlov",     "Quinn",     "Ricci",      "Suzuki",   "Taylor",   "Ueda",      "Vasquez",
    "Weber",        "Xu",         "Young",     "Zimmermann", "Bianchi",  "Costa"};

constexpr std::array<std::string_view, 24> Areas{"payments", "billing",  "search",   "identity", "network", "storage",
                                                 "compute",  "mobile",   "web",      "data",     "ml",      "security",
                                                 "legal",    "finance",  "people",   "support",  "sales",   "logistics",
                                                 "research", "hardware", "firmware", "design",   "docs",    "release"};
constexpr std::array<std::string_view, 16> Duties{
    "admins",   "owners", "review",  "on-call", "build",       "operators", "readers", "writers",
    "auditors", "leads",  "interns", "testers", "contractors", "platform",  "core",    "partners"};
constexpr std::array<std::string_view, 16> Sites{
    "Toronto",  "Lisboa", "Kraków",   "京都", "Zürich", "São Paulo", "Nairobi", "Bengaluru",
    "Göteborg", "Αθήνα",  "İstanbul", "Київ", "Dublin", "Austin",    "Hà Nội",  "Wellington"};

template <std::size_t Count>
std::string_view pick(Random &random, const std::array<std::string_view, Count> &words)
{
    return words[below(random, Count)];
}

std::string base36(std::size_t number)
{
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string text;
    do {
        text.insert(text.begin(), digits[number % digits.size()]);
        number /= digits.size();
    } while (number > 0);
    return text;
}

} // namespace

std::size_t below(Random &random, std::size_t count)
{
    return static_cast<std::size_t>(random() % count);
}

std::string uuid(Random &random)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(36, '-');
    std::uint64_t bits = 0;
    int left = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23)
            continue;
        if (left == 0) {
            bits = random();
            left = 16;
        }
        text[i] = digits[bits & 15];
        bits >>= 4;
        --left;
    }
    text[14] = '4';
    text[19] = "89ab"[below(random, 4)];
    return text;
}

std::string PeopleNames::next(Random &random)
{
    for (;;) {
        std::string name(pick(random, FirstNames));
        if (below(random, 2) == 0)
            name += std::string(" ") + static_cast<char>('A' + below(random, 26)) + ".";
        name += " " + std::string(pick(random, LastNames));
        if (below(random, 2) == 0)
            name += "-" + std::string(pick(random, LastNames));
        if (m_given.insert(name).second)
            return name;
    }
}

std::string groupName(Random &random, std::size_t level, std::size_t number)
{
    std::string name(pick(random, Areas));
    if (level > 0)
        name += "/" + std::string(pick(random, Duties));
    if (level > 3)
        name += "/" + std::string(pick(random, Areas));
    return name + " " + std::to_string(number);
}

std::string loginName(const std::string &name, std::size_t number)
{
    std::string login;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            login += static_cast<char>(c + 32);
        else if (c == ' ')
            login += '.';
        else if (c != '.' && c != '\'')
            login += c;
    }
    return login + "." + base36(number);
}

std::string metadata(Random &random)
{
    return "{\"cost-centre\":\"" + std::to_string(1000 + below(random, 400)) + "\",\"joined\":\"" +
           std::to_string(2005 + below(random, 21)) + "-" + std::to_string(10 + below(random, 3)) + "\",\"site\":\"" +
           std::string(pick(random, Sites)) + "\"}";
}

} // namespace kith::bench
