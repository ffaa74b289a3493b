// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/MirrorStore.h"
#include "connection/ObjectFacts.h"
#include "connection/RemoteClient.h"

#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace kith::connection {

/// Paths of a server; an id or a name comes behind those with a slash at the end.
inline constexpr std::string_view EntityPath = "identity/entity/id/";
inline constexpr std::string_view GroupPath = "identity/group/id/";
inline constexpr std::string_view EntityAliasPath = "identity/entity-alias/id/";
inline constexpr std::string_view GroupAliasPath = "identity/group-alias/id/";
inline constexpr std::string_view PolicyPath = "sys/policies/acl/";
inline constexpr std::string_view MountPath = "sys/auth/";
inline constexpr std::string_view MergePath = "identity/entity/merge";
inline constexpr std::string_view RestorePath = "kith/restore";

/// What the window sends, on its way to a server. Used by one thread; each call waits for the server.
///
/// kith/apply, kith/members and kith/restore, which only kithd has, are turned into plain requests for other servers:
/// one after the other, each object read again just before it is written. What only looks at identities (kith/explain,
/// kith/who, kith/search, kith/export, kith/check, kith/import/preview) is answered from the mirror. All else is passed
/// on as it is. The mirror has read what was changed, and its neighbours, when run() returns.
///
/// Answers to kith/apply are as the core's own (core/ApplyRoutes.cpp). Where they differ, on a plain server:
/// - a failure (any status >= 400) leaves done what came before: data has `failed_request` and `responses`, the answers
///   of those that are done; `outcome_unknown` is true when the failed one may have been done too;
/// - a precondition that doesn't hold is 412 with `expected` and `current`, the object as the mirror had it and as it
///   is (null: it is gone); the mirror has the latter then;
/// - a part without a precondition is refused like that too, when what it replaces isn't on the server as the mirror
///   has it (nor as it is wanted);
/// - nothing there keeps somebody else from writing between our look and our change. What can be seen of it in a read
///   right after is said: in `warnings` of the part and of the whole, and by takeClashes();
/// - what is made by kith/restore gets an id of the server's: `id` in the answer; where it was a deleted object's,
///   `new_id` is true, and `new_ids` has the ids of it and of its aliases, by those that they had. The id that was
///   asked for stands for it in later requests of this connection.
///
/// When the connection breaks while something is made, deleted or merged it is looked up on the server, of either kind,
/// for a moment again and again: what is done is answered as if nothing had been. What isn't to be seen may still come:
/// an Error that isOutcomeUnseen() holds of. Where something was deleted, or is in a list of changes,
/// `outcome_unknown` comes with `responses`: what was read of it before. A part of them without data, with a warning,
/// couldn't be read.
class RemoteChanges
{
public:
    enum class Server { Plain, Kith };

    RemoteChanges(RemoteClient &client, MirrorStore &mirror, Server server);

    Result<core::Response> run(const core::Request &request);

    /// Somebody else changed an object at the same moment as we did, where nothing could keep them apart.
    struct Clash {
        enum class What {
            MaybeOverwritten, ///< Between our look at it and our change: theirs may be lost.
            ChangedSince,     ///< After our change: ours isn't there as it was written.
        };
        bool group = false;
        std::string uuid;
        std::string name;
        What what = What::MaybeOverwritten;
        std::string text;
    };
    /// Those of the last run().
    std::vector<Clash> takeClashes() { return std::exchange(m_clashes, {}); }
    /// Whether something was changed of which the mirror doesn't know what: all is to be read anew.
    bool takeUnclear() { return std::exchange(m_unclear, false); }

private:
    using Object = boost::json::object;
    using Answer = Result<core::Response>;
    struct Precondition {
        bool group = false;
        std::string uuid;
        std::int64_t version = 0;
    };
    struct Part {
        core::Operation operation = core::Operation::Read;
        std::string path;
        Object data;
        std::optional<Precondition> precondition;
    };
    /// A change of one object: `before` is what a read gave just before.
    struct Written {
        bool group = false;
        std::string uuid;
        Object body;
        Object before;
    };
    enum class Unseen { Refuse, Overwrite }; ///< What to do where the mirror has it otherwise than the server.
    /// What of a restored object can't be as it was, in words.
    using Warnings = std::vector<std::string>;

    bool isMirrors(const core::Request &request) const;
    Answer runHere(const core::Request &request);
    Answer passOn(const core::Request &request);
    Answer ask(core::Operation operation, const std::string &path, Object data = {});

    Answer apply(const core::Request &request); ///< RemoteApply.cpp
    Answer applyThere(const core::Request &request);
    void touchPart(const std::string &path, const Object &data);
    Answer stopped(std::size_t index, Answer answer, boost::json::array done) const;
    Answer runPart(const Part &part);
    Answer update(const Part &part);
    Answer remove(const Part &part);
    std::optional<Answer> check(const Precondition &precondition);
    template <class View, class Read, class IsStill>
    std::optional<Answer> compare(const Precondition &precondition, const std::optional<View> &expected, Read read,
                                  IsStill isStill, const std::string &text);
    std::optional<Answer> checkEntity(const Precondition &precondition);
    std::optional<Answer> checkGroup(const Precondition &precondition);

    struct Said; ///< A part, as it was sent.
    enum class Became { Done, NotSeen, Unknown };
    /// What became of a part whose answer was lost; none: nothing on the server would tell.
    std::optional<Became> became(core::Operation operation, const std::string &path,
                                 const Object &data); ///< RemoteCuts.cpp
    Became becameThere(const std::string &path, const std::function<Became(const Object &)> &look);
    static Became lookUntilSeen(const std::function<Became()> &look);
    Became mountBecame(core::Operation operation, const std::string &path, const Object &data);
    std::optional<Became> becameOfAll(const std::vector<Said> &parts);
    std::optional<Answer> afterACut(const core::Request &sent, const Answer &answer);
    boost::json::value lostRead(const std::string &path, const std::set<std::string> &changed);
    std::optional<boost::json::array> lostAnswers(const std::vector<Said> &parts);
    /// Asks. The answer; where it was lost, what a look at the server tells.
    Answer settled(core::Operation operation, const std::string &path, const Object &data = {});
    Answer settledMembers(const Written &written, Answer answer);
    Answer told(Became became, Answer lost);
    void noteMounts(const std::string &path, const Answer &answer);
    boost::json::value knownAlias(const std::string &path, const std::set<std::string> &changed);
    Answer makeObject(bool group, Object body);
    Answer makeAlias(bool group, Object body);

    Answer changeObject(bool group, const std::string &uuid, const Object &body, Unseen unseen); ///< RemoteWrites.cpp
    Answer write(const Written &written);
    std::optional<Answer> refuseStale(const Written &written);
    std::optional<Clash> clashIn(const Written &written, const Object &after) const;
    boost::json::value known(bool group, const std::string &uuid); ///< As the mirror has it; null: it hasn't.
    static void see(MirrorBatch &batch, bool group, Stamp asked, const Object &data);

    Answer changeMembers(const std::string &group, const Object &data); ///< RemoteMembers.cpp
    Answer changeEntityAlias(const std::string &alias, const Object &data);
    Answer changeGroupAlias(const std::string &alias, const Object &data);
    /// Refuses factors that somebody else has: the server would move the alias to another person without a word.
    std::optional<Answer> refuseTaken(const std::string &name, const std::string &accessor, const std::string &alias);

    Answer restore(const Object &data); ///< RemoteRestore.cpp
    Answer restoreEntity(const Object &object);
    Answer restoreGroup(const Object &object);
    Answer restoreEntityAlias(const Object &object, const std::string &owner);
    Answer restoreGroupAlias(const Object &object, const std::string &owner);
    std::optional<Answer> refuseName(const std::string &kind, const std::string &name);
    std::optional<Answer> join(const std::string &entity, const std::vector<std::string> &groups, Warnings &warnings);
    std::optional<Answer> hang(const std::string &group, const std::vector<std::string> &parents, Warnings &warnings);
    Answer made(const Object &object, const std::string &id, Warnings warnings);
    Answer takeBack(const std::string &path, Answer failure);
    Answer metAnother(bool group, const std::string &name);

    std::string real(const std::string &uuid) const; ///< The server's id for it.
    std::string realPath(const std::string &path) const;
    std::string list(const std::vector<std::string> &uuids) const; ///< As one text: bodies hold 1,000 texts at most.
    bool knowsEntity(const std::string &uuid);
    bool knowsGroup(const std::string &uuid);
    void touch(const std::string &path);
    void touchNeighbours(const std::string &path);
    void touchAll(const std::string &path, const Object &data);
    void followPolicies(MirrorBatch &batch);
    void follow(); ///< The mirror reads what was touched.

    RemoteClient &m_client;
    MirrorStore &m_mirror;
    Server m_server;
    bool m_unclear = false;
    std::optional<std::pair<std::string, Object>> m_checked; ///< The object of the precondition, as it was just read.
    /// Of the mounts, by their paths, as they were read last; none: they weren't.
    std::optional<std::map<std::string, std::string>> m_mountAccessors;
    MirrorBatch m_seen; ///< What was read on the way.
    std::vector<Clash> m_clashes;
    std::set<std::string> m_touchedEntities;
    std::set<std::string> m_touchedGroups;
    std::set<std::string> m_touchedPolicies; ///< Names.
    bool m_touchedMounts = false;
    std::unordered_set<std::string> m_ours; ///< Changed by this request: their preconditions held before.
    Object m_renewed;                       ///< Ids of what a part brought back, by those that they had.
    std::unordered_map<std::string, std::string> m_newIds; ///< What the window calls it, and what the server does.
};

/// What a part of a kith/apply does; none: it doesn't say, or nothing that is known.
std::optional<core::Operation> operationOf(const boost::json::object &part);

/// A member that is an object; null: there is none.
const boost::json::object *objectIn(const boost::json::object &object, std::string_view name);

/// The id or name that a path ends in.
std::string lastOf(const std::string &path);

/// Status 412, with both states.
core::Response conflict(const std::string &text, boost::json::value expected, boost::json::value current);

/// An answer of a server in the form that people and the window can use: what it calls an internal error although the
/// request was wrong (spec/engine.md §2, §5) is a 400 without its wrapping.
core::Response explained(core::Response response);

} // namespace kith::connection
