// SPDX-License-Identifier: Apache-2.0
#include "connection/LetGo.h"

#include <QTest>
#include <QThread>

#include <atomic>

using namespace kith;

class TestLetGo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void destroysInAnotherThread()
    {
        struct Watched {
            explicit Watched(std::atomic<QThread *> &thread) : destroyedIn(thread) {}
            ~Watched() { destroyedIn = QThread::currentThread(); }
            Watched(const Watched &) = delete;
            Watched &operator=(const Watched &) = delete;
            std::atomic<QThread *> &destroyedIn;
        };
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
};

QTEST_GUILESS_MAIN(TestLetGo)
#include "tst_LetGo.moc"
