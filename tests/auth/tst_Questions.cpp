// SPDX-License-Identifier: Apache-2.0
#include "auth/Questions.h"
#include "store/Store.h"
#include "support/Support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace kith;
using namespace kith::test;
using auth::Questions;

class tst_Questions : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ManualClock m_clock;
    std::unique_ptr<store::Store> m_store;

    enum class Write { Good, Refused, Broken };

    /// Whether an answer is news, in a write of its own.
    bool isNews(const Questions::Asked &question, const std::string &whom, Write how = Write::Good)
    {
        bool news = false;
        const auto written = m_store->write([&](store::WriteSession &session) -> Result<void> {
            news = question->isNews(session, whom);
            if (how == Write::Broken)
                session.run("INSERT INTO no_such_table VALUES (1)");
            return how == Write::Good ? Result<void>() : Error{ErrorCode::InvalidRequest, 400, "not so", {}};
        });
        if (written.has_value() != (how == Write::Good))
            qFatal("the write ended otherwise");
        return news;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto store = store::Store::open({m_folder.filePath(QStringLiteral("core.kith")).toStdString(),
                                         store::Access::ReadWrite, store::Durability::Full, "test", &m_clock});
        QVERIFY2(store, why(store).constData());
        m_store = std::move(*store);
    }

    void theLaterQuestionCounts()
    {
        Questions questions;
        auto first = questions.ask();
        auto second = questions.ask();
        QVERIFY(isNews(second, "ada"));
        QVERIFY(!isNews(first, "ada"));
        QVERIFY(isNews(first, "bo")); // of somebody else
        QVERIFY(isNews(second, "bo"));
        QVERIFY(isNews(second, "ada")); // a write may be tried twice
        second.reset();
        QVERIFY(!isNews(first, "ada")); // as long as the earlier one is open
        first.reset();
        QVERIFY(isNews(questions.ask(), "ada"));
    }

    void remembersAcrossThoseInBetween()
    {
        Questions questions;
        auto first = questions.ask();
        auto second = questions.ask();
        auto third = questions.ask();
        QVERIFY(isNews(third, "ada"));
        third.reset();
        first.reset();
        QVERIFY(!isNews(second, "ada"));
    }

    /// What came to nothing was never heard.
    void countsWhatIsCommitted()
    {
        Questions questions;
        const auto first = questions.ask();
        const auto second = questions.ask();
        const auto third = questions.ask();
        for (const Write how : {Write::Refused, Write::Broken}) {
            QVERIFY(isNews(third, "ada", how));
            QVERIFY(isNews(first, "ada", Write::Refused));
        }
        QVERIFY(isNews(second, "ada"));
        QVERIFY(isNews(third, "ada", Write::Refused));
        QVERIFY(!isNews(first, "ada")); // the second still counts
    }

    /// Writes are committed together: one that follows another in the same commit knows of it.
    void countsWithinACommit()
    {
        Questions questions;
        const auto first = questions.ask();
        const auto second = questions.ask();
        const auto written = m_store->write([&](store::WriteSession &session) -> Result<bool> {
            return second->isNews(session, "ada") && !first->isNews(session, "ada");
        });
        QVERIFY(written && *written);
    }
};

QTEST_GUILESS_MAIN(tst_Questions)
#include "tst_Questions.moc"
