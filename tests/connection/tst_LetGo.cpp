// SPDX-License-Identifier: Apache-2.0
#include "connection/LetGo.h"

#include <QCoreApplication>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace kith;

class TestLetGo : public QObject
{
    Q_OBJECT
    struct Watched {
        explicit Watched(std::atomic<QThread *> &thread) : destroyedIn(thread) {}
        ~Watched() { destroyedIn = QThread::currentThread(); }
        Watched(const Watched &) = delete;
        Watched &operator=(const Watched &) = delete;
        std::atomic<QThread *> &destroyedIn;
    };
    struct Application : QCoreApplication {
        Application() : QCoreApplication(s_count, s_arguments) {}
        static inline char s_name[] = "tst_LetGo";
        static inline char *s_arguments[] = {s_name, nullptr};
        static inline int s_count = 1;
    };

private Q_SLOTS:
    void destroysInAnotherThread()
    {
        const Application application;
        std::atomic<QThread *> destroyedIn = nullptr;
        auto last = std::make_shared<Watched>(destroyedIn);
        auto other = last;
        connection::letGo(std::move(last));
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QVERIFY(!destroyedIn); // somebody else holds it
        connection::letGo(std::move(other));
        QTRY_VERIFY(destroyedIn);
        QVERIFY(destroyedIn != QThread::currentThread());
    }
    void destroysInAnotherThreadForHoldersThatDontKnow()
    {
        const Application application;
        std::atomic<QThread *> destroyedIn = nullptr;
        auto one = connection::lettingGo(std::make_shared<Watched>(destroyedIn));
        auto other = one;
        one.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QVERIFY(!destroyedIn);
        other.reset();
        QTRY_VERIFY(destroyedIn);
        QVERIFY(destroyedIn != QThread::currentThread());
    }
    /// The desktop's clipboard holds what was copied until the program has ended.
    void destroysHereAfterTheApplication()
    {
        {
            const Application application;
        }
        std::atomic<QThread *> destroyedIn = nullptr;
        connection::letGo(std::make_shared<Watched>(destroyedIn));
        QCOMPARE(destroyedIn.load(), QThread::currentThread());
    }
};

QTEST_APPLESS_MAIN(TestLetGo)
#include "tst_LetGo.moc"
