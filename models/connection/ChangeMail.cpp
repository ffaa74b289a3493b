// SPDX-License-Identifier: Apache-2.0
#include "connection/ChangeMail.h"

#include "identity/Identities.h"

#include <mutex>
#include <utility>

namespace kith::connection {

struct ChangeMail::Box {
    std::mutex mutex;
    ChangeSet changes;
    bool posted = false;
    QObject *reader = nullptr; ///< Null: closed.
    std::function<void(const ChangeSet &)> take;
};

ChangeMail::ChangeMail(identity::Identities &identities, QObject *reader, std::function<void(const ChangeSet &)> take)
    : m_box(std::make_shared<Box>())
{
    m_box->reader = reader;
    m_box->take = std::move(take);
    identities.onChange([box = m_box](const ChangeSet &changes) {
        const std::lock_guard lock(box->mutex);
        if (!box->reader)
            return;
        box->changes.append(changes);
        if (std::exchange(box->posted, true))
            return;
        QMetaObject::invokeMethod(
            box->reader,
            [box] {
                ChangeSet taken;
                {
                    const std::lock_guard taking(box->mutex);
                    taken = std::exchange(box->changes, {});
                    box->posted = false;
                    if (!box->reader)
                        return;
                }
                box->take(taken);
            },
            Qt::QueuedConnection);
    });
}

ChangeMail::~ChangeMail()
{
    const std::lock_guard lock(m_box->mutex);
    m_box->reader = nullptr;
}

} // namespace kith::connection
