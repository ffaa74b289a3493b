// SPDX-License-Identifier: Apache-2.0
#include "PrivateFolder.h"

#include <cstdlib>
#include <cstring>

namespace kith::d {

Result<PrivateFolder> PrivateFolder::make()
{
    std::error_code wrong;
    std::string name = (std::filesystem::temp_directory_path(wrong) / "kithd-XXXXXX").string();
    if (wrong || !mkdtemp(name.data()))
        return Error{ErrorCode::Io, 500, std::string("no temporary folder can be made: ") + std::strerror(errno), name};
    return PrivateFolder(std::move(name));
}

PrivateFolder::~PrivateFolder()
{
    std::error_code ignored;
    if (!m_path.empty())
        std::filesystem::remove_all(m_path, ignored);
}

} // namespace kith::d
