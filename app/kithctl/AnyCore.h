// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Arguments.h"
#include "core/Request.h"
#include "store/Result.h"
#include "store/Store.h"

#include <memory>
#include <string>

namespace kith::ctl {

/// Where a command's requests go: a core file that is opened for it, or a server.
class AnyCore
{
public:
    virtual ~AnyCore() = default;
    /// Reads (Operation::Read) or asks with parameters (Update). A server that can't be reached is status 503.
    virtual core::Response send(core::Operation operation, std::string path, boost::json::object data = {}) = 0;
};

/// The one that the arguments name.
Result<std::unique_ptr<AnyCore>> openCore(const Arguments &arguments, store::Access access);
Result<std::unique_ptr<AnyCore>> openFile(const std::filesystem::path &file, store::Access access,
                                          const std::filesystem::path &passphraseFile = {});
/// One with kith/ is asked directly; of another all is read first, into a mirror that goes with it.
Result<std::unique_ptr<AnyCore>> openServer(const Server &server);
Result<std::unique_ptr<AnyCore>> openPlace(const Place &place, store::Access access);

} // namespace kith::ctl
