// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MirrorStore.h"
#include "connection/RemoteClient.h"
#include "identity/ImportPlan.h"

#include <QThreadPool>

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace kith::connection {

/// kith/import and kith/import/preview for a server that hasn't got them: planned with the mirror, done by plain
/// requests, several at a time. Used by one thread; each call waits for the server.
///
/// Nothing is rolled back. What was done stays, and the same import goes on where this one ended: the plan then leaves
/// as it is what is there. What a plain server takes from nobody (what logins said of an alias, who is in an external
/// group, custom metadata of a group's alias) is left out of the document before it is planned, and among the problems
/// there is a warning for it.
class RemoteImport
{
public:
    RemoteImport(RemoteClient &client, MirrorStore &mirror);

    /// As the core's routes (core/DocumentRoutes.h), without `undo`. When something failed: status 502, `data` is the
    /// preview with `failed`: [{"kind", "name", "text"}], and `done`, the number of objects that were written.
    Result<core::Response> run(const core::Request &request);

private:
    using Object = boost::json::object;
    using Answer = Result<core::Response>;
    /// What went wrong with one object; none: it is done.
    using Failure = std::optional<std::string>;

    core::Response preview(const boost::json::value &document);
    void doPlan();
    void eachOf(const char *kind, const std::vector<identity::ObjectPlan> &plans,
                const std::function<Failure(std::size_t)> &doOne);
    bool goesOn() const;
    void failed(const char *kind, const std::string &name, const std::string &text);
    void written(const char *kind, const std::string &name);
    Answer ask(core::Operation operation, std::string path, Object data = {});
    Failure post(const std::string &path, Object data);
    void readMounts();

    Failure doMount(std::size_t index);
    Failure doPolicy(std::size_t index);
    Failure doEntity(std::size_t index);
    Failure doEntityAlias(const std::string &owner, const identity::document::Alias &alias);
    Failure doGroup(std::size_t index);
    Failure doMembers(std::size_t index);
    Failure replaceMembers(const std::string &id, const std::string &name, Object body);
    void warn(const char *code, const std::string &object, const std::string &text);
    Failure makeNew(const char *kind, const std::string &name, Object data, std::string &id);
    Failure refuseChanged(const identity::ObjectPlan &plan) const;
    std::string accessorOf(const identity::document::Alias &alias) const;
    std::string idOf(const char *kind, const std::string &name);

    RemoteClient &m_client;
    MirrorStore &m_mirror;
    QThreadPool m_pool;
    std::shared_ptr<core::Progress> m_progress;
    identity::Document m_document;
    identity::ImportPlan m_plan;
    std::unordered_map<std::string, std::string> m_accessors; ///< By path, without slash at the end.
    mutable std::mutex m_mutex;                               ///< Of what follows.
    std::unordered_map<std::string, std::string> m_made;      ///< "entity alice" (folded) -> id
    boost::json::array m_failed;
    boost::json::array m_warnings;             ///< As problems of a preview.
    std::unordered_set<std::string> m_written; ///< "entity alice"
    std::unordered_set<std::string> m_broken;  ///< Those that couldn't be, or not whole.
    bool m_lost = false;                       ///< The server can't be reached any more.
};

} // namespace kith::connection
