// SPDX-License-Identifier: Apache-2.0
#include "audit/Devices.h"
#include "audit/HeaderRules.h"
#include "auth/Lockouts.h"
#include "auth/SecretIds.h"
#include "auth/SignIns.h"
#include "auth/Tokens.h"
#include "core/Engine.h"
#include "core/Routes.h"
#include "oidc/Oidc.h"
#include "store/Backup.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

// kith/backups: copies of the core while it serves, in the folder "backups" beside its file.
//   List                      -> {"keys": ["monday", …], "key_info": {"monday": {"bytes": n}}}
//   Update kith/backups/:name -> {"file": "<path on the server>", "bytes": n}; a name that is taken: 400
//   Delete kith/backups/:name -> 204
//   Update kith/backups/:name/restore -> 204: the core is what it was then. With other keys than now, it is sealed.

fs::path folderOf(const Engine &engine)
{
    return engine.store.file().parent_path() / "backups";
}

Result<Response> listBackups(const Call &, Engine &engine)
{
    std::vector<std::pair<std::string, std::uintmax_t>> found;
    std::error_code ignored;
    for (const fs::directory_entry &entry : fs::directory_iterator(folderOf(engine), ignored))
        if (const std::string name = entry.path().filename().string(); entry.is_regular_file(ignored))
            found.emplace_back(name, entry.file_size(ignored));
    std::sort(found.begin(), found.end());
    json::array keys;
    json::object info;
    for (const auto &[name, bytes] : found) {
        keys.emplace_back(name);
        info.emplace(name, json::object{{"bytes", bytes}});
    }
    return listOf(std::move(keys), std::move(info));
}

Result<Response> makeBackup(const Call &call, Engine &engine)
{
    const fs::path folder = folderOf(engine);
    const fs::path file = folder / call.inPath("name");
    std::error_code failure;
    if (fs::create_directories(folder, failure))
        fs::permissions(folder, fs::perms::owner_all, failure);
    if (failure)
        return Error{ErrorCode::Io, 500, "the folder of backups can't be made: " + failure.message(), folder.string()};
    if (auto copied = store::backUp(engine.store, file); !copied)
        return copied.error();
    return Response::of(json::object{{"file", file.string()}, {"bytes", fs::file_size(file, failure)}});
}

Result<Response> removeBackup(const Call &call, Engine &engine)
{
    std::error_code failure;
    fs::remove(folderOf(engine) / call.inPath("name"), failure);
    if (failure)
        return Error{ErrorCode::Io, 500, "the backup can't be removed: " + failure.message(), {}};
    return Response::noContent();
}

/// What the keys in the file are sealed as: the same before and after a restore if they are the same keys.
Result<std::string> sealedKeys(store::Store &store)
{
    return store.read([](store::Session &session) -> Result<std::string> {
        auto rows = session.query("SELECT data_key, later_keys FROM keyring");
        return rows.step() ? std::string(rows.blob(0)) + std::string(rows.blob(1)) : std::string();
    });
}

Result<Response> restore(const Call &call, Engine &engine)
{
    const auto before = sealedKeys(engine.store);
    if (!before)
        return before.error();
    if (auto restored = store::restoreBackup(engine.store, folderOf(engine) / call.inPath("name")); !restored)
        return restored.error();
    // Before anything else, which may fail: nothing more is sealed with keys that this file doesn't have.
    const auto after = sealedKeys(engine.store);
    if (!after || *after != *before)
        engine.keyring.lock();
    engine.auditDevices->forget();
    engine.auditHeaders->forget();
    engine.signIns->forgetAll(); // who was recognised by what is no more
    engine.oidc->forget();
    engine.oidc->changed();
    auto lockouts = engine.store.read([&](store::Session &session) -> Result<void> {
        engine.lockouts->load(session);
        return {};
    });
    if (!lockouts)
        return lockouts.error();
    // Tokens of a clock that has been set back since then have no more time than they were given.
    auto tidied = engine.store.write([](store::WriteSession &session) -> Result<void> {
        auth::tidyTokens(session);
        auth::tidySecretIds(session);
        return {};
    });
    if (!tidied)
        return tidied.error();
    return Response::noContent();
}

} // namespace

std::vector<Route> backupRoutes()
{
    return {
        {"kith/backups/:name/restore", {}, {{Operation::Update, EngineHandler(restore)}}, Gate::Sudo},
        {"kith/backups/", {}, {{Operation::List, EngineHandler(listBackups)}}, Gate::Sudo},
        {"kith/backups/:name",
         {},
         {{Operation::Update, EngineHandler(makeBackup)}, {Operation::Delete, EngineHandler(removeBackup)}},
         Gate::Sudo},
    };
}

} // namespace kith::core
