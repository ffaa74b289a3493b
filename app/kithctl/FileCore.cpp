// SPDX-License-Identifier: Apache-2.0
#include "AnyCore.h"

#include "core/Core.h"
#include "store/Passphrase.h"
#include "store/Text.h"

#include <QString>

#include <fstream>

namespace kith::ctl {

namespace {

class FileCore final : public AnyCore
{
public:
    FileCore(std::unique_ptr<core::Core> core, std::string token) : m_core(std::move(core)), m_token(std::move(token))
    {}

    core::Response send(core::Operation operation, std::string path, boost::json::object data) override
    {
        core::Request request;
        request.operation = operation;
        request.path = std::move(path);
        request.token = m_token;
        request.data = std::move(data);
        return m_core->handle(request);
    }

private:
    std::unique_ptr<core::Core> m_core;
    std::string m_token; ///< Lives as long as this process.
};

/// With the passphrase on the first line of the file.
Result<void> unseal(core::Core &core, const std::filesystem::path &passphraseFile)
{
    std::ifstream file(passphraseFile, std::ios::binary);
    std::string line;
    if (!file || !std::getline(file, line))
        return Error{ErrorCode::Io, 500, "there is no passphrase in this file", passphraseFile.string()};
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    auto found = core.rootKey();
    if (!found)
        return found.error();
    if (found->state == store::Keyring::State::Unsealed)
        return {};
    if (found->state != store::Keyring::State::Sealed || found->place.kind != core::RootKeyPlace::Kind::Passphrase)
        return invalidRequest("this core's key isn't made from a passphrase");
    // Composed, as the window does it.
    std::string text = QString::fromUtf8(line.c_str()).normalized(QString::NormalizationForm_C).toStdString();
    const auto key = store::keyFromPassphrase(text, found->place.scrypt);
    store::wipe(text);
    store::wipe(line);
    return key ? core.unseal(*key, found->place) : Result<void>(key.error());
}

} // namespace

Result<std::unique_ptr<AnyCore>> openFile(const std::filesystem::path &file, store::Access access,
                                          const std::filesystem::path &passphraseFile)
{
    core::CoreOptions options;
    options.file.file = file;
    options.file.access = access;
    options.file.program = "kithctl";
    options.rootToken = randomHex(16);
    std::string token = options.rootToken;
    auto core = core::Core::open(std::move(options));
    if (!core)
        return core.error();
    if (!passphraseFile.empty())
        if (auto unsealed = unseal(**core, passphraseFile); !unsealed)
            return unsealed.error();
    return std::unique_ptr<AnyCore>(std::make_unique<FileCore>(std::move(*core), std::move(token)));
}

Result<std::unique_ptr<AnyCore>> openCore(const Arguments &arguments, store::Access access)
{
    return openPlace({arguments.core, arguments.server, arguments.passphraseFile}, access);
}

Result<std::unique_ptr<AnyCore>> openPlace(const Place &place, store::Access access)
{
    return place.server ? openServer(*place.server) : openFile(place.core, access, place.passphraseFile);
}

} // namespace kith::ctl
