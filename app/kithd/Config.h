// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/ServerOptions.h"
#include "store/Result.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith::d {

/// An audit device as the configuration declares it.
struct AuditDevice {
    std::string type; ///< "file".
    std::string path; ///< Its name.
    std::string description;
    std::map<std::string, std::string> options;
};

/// What kithd is told by its configuration file, in the words of OpenBao's.
struct Config {
    std::filesystem::path data; ///< Folder of the core.
    std::vector<server::ServerOptions> listeners;
    std::vector<AuditDevice> audits;
    std::string apiAddress; ///< As clients reach it; may be empty.
    bool apiAuditCreation = false;
    bool auditPrefixing = false;
    std::vector<std::string> notes; ///< What was read and has no effect here, a line each.
};

/// Reads HCL, or JSON when it begins with a brace. Fails with the place and what to do:
/// `kithd.hcl:3: listener "tcp" has no option "adress"`. `name` is the file's, for that.
Result<Config> readConfig(std::string_view text, const std::string &name);

/// The same of a file.
Result<Config> loadConfig(const std::string &file);

} // namespace kith::d
