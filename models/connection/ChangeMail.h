// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/ChangeSet.h"

#include <QObject>

#include <functional>
#include <memory>

namespace kith::identity {
class Identities;
}

namespace kith::connection {

/// Brings what was committed from the writer's thread to another: what comes while nobody takes it is put together.
class ChangeMail
{
public:
    /// `take` is called in `reader`'s thread, by its events, until this object goes. The identities must outlive it.
    ChangeMail(identity::Identities &identities, QObject *reader, std::function<void(const ChangeSet &)> take);
    ~ChangeMail(); ///< In the reader's thread.
    ChangeMail(const ChangeMail &) = delete;
    ChangeMail &operator=(const ChangeMail &) = delete;

private:
    struct Box;
    std::shared_ptr<Box> m_box;
};

} // namespace kith::connection
