// SPDX-License-Identifier: Apache-2.0
#include "identity/ByteSearch.h"

#include <QTest>

#include <random>

using kith::identity::ByteSearch;

class TestByteSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// In texts of few letters, so that beginnings of the needle stand everywhere.
    void findsWhatAPlainSearchFinds()
    {
        std::mt19937 random(7);
        const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        const auto text = [&](std::size_t length, std::size_t letters) {
            std::string result;
            for (std::size_t i = 0; i < length; ++i)
                result += static_cast<char>('a' + below(letters));
            return result;
        };
        int found = 0;
        for (int i = 0; i < 20'000; ++i) {
            const std::string where = text(below(400), 1 + below(4));
            const std::string needle = text(1 + below(i % 2 ? 4 : 70), 1 + below(4));
            const ByteSearch search(needle, ByteSearch::sampled(where));
            const std::size_t expected = where.find(needle);
            QCOMPARE(search.find(where), expected);
            QCOMPARE(search.isIn(where), expected != std::string::npos);
            found += expected != std::string::npos ? 1 : 0;
        }
        QVERIFY2(found > 2000 && found < 18'000, QByteArray::number(found));
    }
    void findsAtEachPlace()
    {
        const std::string needle = "\xC3\xBCx";
        for (std::size_t place = 0; place < 200; ++place) {
            std::string where(220, '.');
            where.replace(place, needle.size(), needle);
            const ByteSearch search(needle, ByteSearch::sampled(where));
            QCOMPARE(search.find(where), place);
            QCOMPARE(search.find(std::string_view(where).substr(0, place + needle.size() - 1)), std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestByteSearch)
#include "tst_ByteSearch.moc"
