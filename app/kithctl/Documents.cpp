// SPDX-License-Identifier: Apache-2.0
#include "Documents.h"

#include "identity/JsonText.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

namespace kith::ctl {

namespace {

Error unreadable(const std::string &name)
{
    return {ErrorCode::Io, 500, std::string("the document can't be read: ") + std::strerror(errno), name};
}

/// Keeps the folder as long as the core in it is open.
class TemporaryCore final : public AnyCore
{
public:
    ~TemporaryCore() override
    {
        m_core.reset();
        std::error_code ignored;
        if (!m_folder.empty())
            std::filesystem::remove_all(m_folder, ignored);
    }

    Result<void> open()
    {
        std::string name = (std::filesystem::temp_directory_path() / "kithctl-XXXXXX").string();
        if (!mkdtemp(name.data()))
            return Error{ErrorCode::Io, 500, std::string("no folder can be made: ") + std::strerror(errno), name};
        m_folder = name;
        auto core = openFile(m_folder / "core.db", store::Access::ReadWrite);
        if (!core)
            return core.error();
        m_core = std::move(*core);
        return {};
    }

    core::Response send(core::Operation operation, std::string path, boost::json::object data) override
    {
        return m_core->send(operation, std::move(path), std::move(data));
    }

private:
    std::filesystem::path m_folder;
    std::unique_ptr<AnyCore> m_core;
};

} // namespace

bool isDocument(const std::filesystem::path &name)
{
    std::error_code failure;
    if (name == "-")
        return true;
    if (!std::filesystem::is_regular_file(name, failure) || std::filesystem::is_empty(name, failure))
        return false;
    constexpr std::string_view Mark = "SQLite format 3";
    std::string begin(Mark.size(), '\0');
    std::ifstream file(name, std::ios::binary);
    return !file.read(begin.data(), static_cast<std::streamsize>(begin.size())) || begin != Mark;
}

Result<std::string> readDocument(const std::string &name)
{
    std::ifstream file;
    if (name != "-") {
        std::error_code failure;
        if (std::filesystem::is_directory(name, failure))
            return Error{ErrorCode::Io, 500, "this is a folder, not a document", name};
        file.open(name, std::ios::binary);
        if (!file)
            return unreadable(name);
    }
    std::istream &in = name == "-" ? std::cin : file;
    std::string bytes;
    char piece[64 * 1024];
    while (bytes.size() <= identity::LargestDocument && in) {
        in.read(piece, sizeof piece);
        bytes.append(piece, static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad())
        return unreadable(name);
    return bytes;
}

Result<std::unique_ptr<AnyCore>> openTemporary()
{
    auto core = std::make_unique<TemporaryCore>();
    if (auto opened = core->open(); !opened)
        return opened.error();
    return std::unique_ptr<AnyCore>(std::move(core));
}

Result<std::unique_ptr<AnyCore>> openDocument(const std::string &name)
{
    auto document = readDocument(name);
    if (!document)
        return document.error();
    auto core = openTemporary();
    if (!core)
        return core;
    const core::Response imported =
        (*core)->send(core::Operation::Update, "kith/import", {{"document", std::move(*document)}});
    if (!imported.ok())
        return Error{ErrorCode::InvalidRequest, imported.status,
                     imported.errors.empty() ? "this is no document" : imported.errors.front(), name};
    return core;
}

} // namespace kith::ctl
