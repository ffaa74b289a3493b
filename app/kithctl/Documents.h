// SPDX-License-Identifier: Apache-2.0
// Identity documents as files, and as cores.
#pragma once

#include "AnyCore.h"

#include <string>

namespace kith::ctl {

/// A file that isn't a core, or "-", standard input.
bool isDocument(const std::filesystem::path &name);

/// The bytes of a document, one more than the limit at most, so that what is too large isn't read in vain.
Result<std::string> readDocument(const std::string &name);

/// An empty core in a folder of its own that goes with it.
Result<std::unique_ptr<AnyCore>> openTemporary();

/// A core that has just what the document says.
Result<std::unique_ptr<AnyCore>> openDocument(const std::string &name);

} // namespace kith::ctl
