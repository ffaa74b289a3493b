// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Arguments.h"
#include "core/Core.h"
#include "store/Result.h"

#include <memory>

namespace kith::ctl {

/// A core that was opened for one command, and the way to send it requests.
class OpenCore
{
public:
    static Result<OpenCore> open(const std::filesystem::path &file, store::Access access);

    core::Core &core() { return *m_core; }
    core::Response send(core::Operation operation, std::string path, boost::json::object data = {});

private:
    OpenCore(std::unique_ptr<core::Core> core, std::string token) : m_core(std::move(core)), m_token(std::move(token))
    {}

    std::unique_ptr<core::Core> m_core;
    std::string m_token; // lives as long as this process
};

// Each runs one command and returns the exit status. Results go to standard output, messages to standard error.
int importDocument(const Arguments &arguments); ///< ImportCommand.cpp
int exportDocument(const Arguments &arguments); ///< ExportCommand.cpp
int explain(const Arguments &arguments);        ///< ExplainCommand.cpp
int who(const Arguments &arguments);            ///< WhoCommand.cpp
int search(const Arguments &arguments);         ///< SearchCommand.cpp
int check(const Arguments &arguments);          ///< CheckCommand.cpp
int backup(const Arguments &arguments);         ///< BackupCommand.cpp
int restore(const Arguments &arguments);        ///< BackupCommand.cpp

} // namespace kith::ctl
