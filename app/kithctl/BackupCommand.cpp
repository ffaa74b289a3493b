// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "Output.h"
#include "store/Backup.h"

#include <iostream>

namespace kith::ctl {

namespace {

Result<std::unique_ptr<store::Store>> openFile(const Arguments &arguments, store::Access access)
{
    store::OpenOptions options;
    options.file = arguments.core;
    options.access = access;
    options.program = "kithctl";
    return store::Store::open(std::move(options));
}

} // namespace

int backup(const Arguments &arguments)
{
    const auto file = openFile(arguments, store::Access::ReadOnly);
    if (!file)
        return fail(file.error());
    if (auto copied = store::backUp(**file, arguments.operands[0]); !copied)
        return fail(copied.error());
    std::cout << plain(arguments.operands[0]) << " holds a copy of " << arguments.core.string() << ".\n";
    return Done;
}

int restore(const Arguments &arguments)
{
    const auto file = openFile(arguments, store::Access::ReadWrite);
    if (!file)
        return fail(file.error());
    if (auto restored = store::restoreBackup(**file, arguments.operands[0]); !restored)
        return fail(restored.error());
    std::cout << arguments.core.string() << " is what it was in " << plain(arguments.operands[0]) << ".\n";
    return Done;
}

} // namespace kith::ctl
