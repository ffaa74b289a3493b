// SPDX-License-Identifier: Apache-2.0
#include "policy/Policy.h"
#include "policy/Template.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <random>

using namespace kith;
using namespace kith::policy;

/// Whatever comes in, a parse ends soon, and with an answer.
class TestPolicyBounds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void depth_data();
    void depth();
    void size_data();
    void size();
    void repeatedLabels();
    void oddBytes();
    void mutations();
};

namespace {

std::string repeated(std::string_view text, std::size_t times)
{
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string answer(std::string_view text)
{
    const auto policy = parsePolicy(text);
    return policy ? std::string() : policy.error().wire;
}

} // namespace

void TestPolicyBounds::depth_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::newRow("blocks") << QByteArray("a{");
    QTest::newRow("objects") << QByteArray("a={");
    QTest::newRow("lists") << QByteArray("[");
    QTest::newRow("lists of objects") << QByteArray("a=[{");
    QTest::newRow("JSON objects") << QByteArray("{\"a\":");
    QTest::newRow("JSON lists") << QByteArray("{\"a\":[");
}

void TestPolicyBounds::depth()
{
    QFETCH(QByteArray, piece);
    const std::string text = (piece == "[" ? "a=" : "") + repeated(piece.toStdString(), 1'000'000);
    const std::string error = answer(text);
    QVERIFY2(error.find("nested too deeply") != std::string::npos, error.substr(0, 200).c_str());
}

void TestPolicyBounds::size_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<int>("times");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("items") << QByteArray("a=1\n") << 2'000'000 << QByteArray("too many values");
    QTest::newRow("keys") << QByteArray("a ") << 2'000'000 << QByteArray("too many values");
    QTest::newRow("one word") << QByteArray("abcdefgh") << 1'000'000 << QByteArray("expected start of object");
    QTest::newRow("comments") << QByteArray("# x\n") << 2'000'000 << QByteArray();
    QTest::newRow("braces") << QByteArray("${") << 2'000'000 << QByteArray("illegal char");
    QTest::newRow("100 MB") << QByteArray(1000, 'x') << 100'000 << QByteArray("longer than 32 MiB");
}

void TestPolicyBounds::size()
{
    QFETCH(QByteArray, piece);
    QFETCH(int, times);
    QFETCH(QByteArray, expected);
    const std::string text = repeated(piece.toStdString(), static_cast<std::size_t>(times));
    QElapsedTimer timer;
    timer.start();
    const std::string error = answer(text);
    QVERIFY2(expected.isEmpty() ? error.empty() : error.find(expected.toStdString()) != std::string::npos,
             error.substr(0, 200).c_str());
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed()).constData());
}

/// Objects in objects become labels, which each of the innermost ones repeats.
void TestPolicyBounds::repeatedLabels()
{
    const std::string text = "{" + repeated("\"a\":{", 400) + repeated("\"x\":{},", 100'000) + "\"y\":{}";
    const std::string error = answer(text);
    QVERIFY2(error.find("too many values") != std::string::npos, error.substr(0, 200).c_str());
}

void TestPolicyBounds::oddBytes()
{
    QCOMPARE(answer(std::string_view("a=1\0", 4)),
             std::string("failed to parse policy: At 1:4: unexpected null character (0x00)"));
    QCOMPARE(answer("path \"\xff\" {}"), std::string("failed to parse policy: At 1:7: illegal UTF-8 encoding"));
    QCOMPARE(answer("# \xff"), std::string("failed to parse policy: At 1:3: illegal UTF-8 encoding"));
    QCOMPARE(answer("\xEF\xBB\xBFpath \"x\" {}"), std::string("failed to parse policy: At 1:1: illegal char"));
    // An escape of a character that doesn't exist makes the real server drop the connection.
    QVERIFY(!answer("path \"\\400\" {}").empty());
    QVERIFY(!answer("path \"x\" { policy = \"\\U00110000\" }").empty());
}

/// Changed and spliced texts of the corpus: nothing may crash, and templates must be cut the same way everywhere.
void TestPolicyBounds::mutations()
{
    QFile file(QStringLiteral(KITH_SOURCE_DIR "/tests/policy/answers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::vector<std::string> corpus;
    for (const auto &entry : QJsonDocument::fromJson(file.readAll()).array())
        corpus.push_back(entry[0].toString().toStdString());
    std::mt19937 random(20261122);
    const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
    QElapsedTimer timer;
    timer.start();
    const int seconds = qEnvironmentVariableIntValue("KITH_LONG") != 0 ? 60 : 3;
    std::size_t refused = 0;
    std::size_t tried = 0;
    for (; timer.elapsed() < seconds * 1000; ++tried) {
        std::string text = corpus[below(corpus.size())];
        for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
            const std::size_t at = below(text.size() + 1);
            const std::string &other = corpus[below(corpus.size())];
            switch (below(5)) {
            case 0:
                text.insert(at, 1, static_cast<char>(below(256)));
                break;
            case 1:
                text.erase(at, 1 + below(5));
                break;
            case 2:
                text.insert(at, other.substr(below(other.size())));
                break;
            case 3:
                text.resize(at);
                break;
            default:
                text.insert(at, 1, "{}[]\"=,\\#/<\n$"[below(13)]);
            }
            text.resize(std::min<std::size_t>(text.size(), 4000));
        }
        const auto policy = parsePolicy(text);
        refused += policy ? 0 : 1;
        if (policy) {
            for (const PathRule &rule : policy->rules)
                QCOMPARE(rule.templated, !parseTemplate(rule.path)->plain());
        }
    }
    qInfo("%zu texts, %zu refused", tried, refused);
    QVERIFY(refused > 0 && refused < tried);
}

QTEST_GUILESS_MAIN(TestPolicyBounds)
#include "tst_PolicyBounds.moc"
