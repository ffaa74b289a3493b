// SPDX-License-Identifier: Apache-2.0
#include "store/DefaultFile.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace kith::store {

namespace {

std::filesystem::path homeFolder()
{
    if (const char *home = std::getenv("HOME"); home && *home)
        return home;
    const passwd *user = getpwuid(getuid());
    return user && user->pw_dir ? user->pw_dir : "";
}

} // namespace

std::filesystem::path defaultFile()
{
    std::filesystem::path data;
    if (const char *folder = std::getenv("XDG_DATA_HOME"); folder && *folder == '/') {
        data = folder;
    } else {
        const std::filesystem::path home = homeFolder();
        if (home.empty())
            return {};
        data = home / ".local" / "share";
    }
    return data / "kith" / "core.db";
}

} // namespace kith::store
