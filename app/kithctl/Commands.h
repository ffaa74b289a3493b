// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AnyCore.h"

namespace kith::ctl {

// Each runs one command and returns the exit status. Results go to standard output, messages to standard error.
int importDocument(const Arguments &arguments); ///< ImportCommand.cpp
int exportDocument(const Arguments &arguments); ///< ExportCommand.cpp
int explain(const Arguments &arguments);        ///< ExplainCommand.cpp
int who(const Arguments &arguments);            ///< WhoCommand.cpp
int search(const Arguments &arguments);         ///< SearchCommand.cpp
int check(const Arguments &arguments);          ///< CheckCommand.cpp
int backup(const Arguments &arguments);         ///< BackupCommand.cpp
int restore(const Arguments &arguments);        ///< BackupCommand.cpp
int diff(const Arguments &arguments);           ///< CopyCommand.cpp
int copy(const Arguments &arguments);           ///< CopyCommand.cpp

// What import and copy share (ImportCommand.cpp); `name` is what the document is called in messages.
int previewImport(AnyCore &core, std::string document, const std::string &name);
int importInto(AnyCore &core, std::string document, const std::string &name);
/// Lines of what changes: `change` of a preview of an import.
void printChanges(const boost::json::array &changes);

} // namespace kith::ctl
