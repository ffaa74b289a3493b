// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Conflict.h"
#include "connection/Connection.h"

#include <QCoreApplication>

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <memory>

namespace kith::views {

/// One step of the history: what to ask for to make a change, and to take it back. Keeps UUIDs, since row ids change
/// when a deleted object comes back. Owned by the Editor, which sends what it prepares.
class Edit
{
    Q_DECLARE_TR_FUNCTIONS(kith::views::Edit)
public:
    enum class Direction { Forth, Back };
    /// Parts of a kith/apply; none: there is nothing to change. An edit of many objects gives somethingForUnits():
    /// their parts are asked for when they are sent.
    using Parts = Result<boost::json::array>;

    Edit() = default;
    Edit(const Edit &) = delete;
    Edit &operator=(const Edit &) = delete;
    virtual ~Edit() = default;

    /// Reads what has to be known first, then calls `ready` in the context's thread. PreconditionFailed: somebody else
    /// changed it meanwhile.
    virtual void prepare(connection::Connection &connection, QObject *context, Direction direction,
                         std::function<void(Parts)> ready) = 0;
    /// What was prepared is done; the answers, one a part.
    virtual void answered(Direction direction, const boost::json::array &answers) = 0;

    virtual bool changedSomething() const { return true; } ///< After answered(); false: no step to take back.

    virtual QString label() const = 0;            ///< "Add 3 people to release-team"
    virtual QString doneText() const = 0;         ///< "Added 3 people to release-team"; after answered().
    virtual QString remark() const { return {}; } ///< What could not be as it was, a sentence; after answered().
    virtual QString nothingText() const;          ///< Why there was nothing to change.
    virtual QString conflictText(const Error &error) const; ///< What somebody else changed.
    /// After prepare() failed for it: the versions of what was to be written. None: only yes or no can be said.
    virtual std::vector<ConflictField> conflictFields() const { return {}; }
    /// One version a field: the next prepare() writes those.
    virtual void settle(const Versions &) {}
    virtual connection::ObjectRef object() const { return {}; } ///< What a conflict is about.
    /// The one entity or group that is there since it was done in that direction; else empty.
    virtual QString madeUuid(Direction) const { return {}; }

    // An edit of many objects is made of units, each of which may be done without the others. None: it is one thing,
    // as what prepare() gave and the simpler answered().
    using Units = std::vector<std::size_t>;
    virtual bool hasUnits(Direction) const { return false; }
    /// In the order in which they are done. Called in another thread, while nothing else is done with it.
    virtual Units units(Direction) const { return {}; }
    virtual QString unitName(std::size_t) const { return {}; } ///< Empty: it isn't known.
    /// Called in another thread, while nothing else is done with it.
    virtual boost::json::array partsOf(Direction, const Units &) const { return {}; }
    /// Parts of one unit; 0: all units are changed by the same parts.
    virtual std::size_t partsEach(Direction) const { return 1; }
    /// These are done; where units share their parts, perhaps not to the end. May be called in another thread, while
    /// nothing else is done with it.
    virtual void answered(Direction, const Units &, const boost::json::array &) {}
    /// Of these, those of which something was done although the whole could not be.
    virtual Units halfDone(Direction, const Units &) const { return {}; }
    /// What takes that back; tookBack() when it is.
    virtual boost::json::array partsToTakeBack(Direction, const Units &) const { return {}; }
    virtual void tookBack(Direction, const Units &) {}
    /// The connection broke at that part: what has to be assumed, so that taking it back leaves nobody without what
    /// they had. False: nothing can be.
    virtual bool assumeDone(Direction, const Units &, std::size_t) { return false; }
    /// Whether it does no harm to take back what perhaps wasn't done.
    virtual bool mayBeUndoneBlindly() const { return false; }
    /// These as an edit of their own; this one is without them then.
    virtual std::shared_ptr<Edit> take(const Units &) { return nullptr; }

    /// Objects that came back under other ids; after answered().
    using NewIds = std::map<QString, QString>;          ///< What it was before, what it is now.
    using SharedNewIds = std::shared_ptr<const NewIds>; ///< Of many, for many steps.
    virtual NewIds takeNewIds() { return {}; }
    /// What it was made with has other ids by now.
    virtual void follow(const SharedNewIds &) {}

    /// The next prepare() goes on although somebody else changed the object.
    void overwrite() { m_overwrite = true; }
    void forget() { m_forgotten = true; }
    bool isForgotten() const { return m_forgotten; }

protected:
    boost::json::array somethingForUnits(Direction direction) const
    {
        return hasUnits(direction) ? boost::json::array{nullptr} : boost::json::array();
    }
    /// Fills in what was read, in another thread, then says that its units are ready. `ready` has to keep this.
    void fillAside(QObject *context, Direction direction, std::function<void(Parts)> ready, std::function<void()> fill);
    bool takeOverwrite() { return std::exchange(m_overwrite, false); }

private:
    bool m_overwrite = false;
    bool m_forgotten = false;
};

/// Replaces an id that is another by now.
void follow(QString &uuid, const Edit::NewIds &ids);
void follow(boost::json::value &value, const Edit::NewIds &ids); ///< Each text in it that is one.

/// More names are not asked for in advance.
constexpr std::size_t MostNamed = 1000;

/// UUIDs of objects, and names of some of them.
struct Resolved {
    std::vector<QString> uuids; ///< In the order asked for.
    std::vector<QString> names; ///< Likewise, of those to be named.
};
/// Fails with NotFound when one of `objects` is gone.
void resolve(connection::Directory &directory, QObject *context, std::vector<connection::ObjectRef> objects,
             std::vector<connection::ObjectRef> toName, std::function<void(Result<Resolved>)> ready);

/// Does the work in another thread, then the rest in the context's. The rest isn't done when the context is gone first;
/// the work goes on, so it must hold what it needs.
void aside(QObject *context, std::function<void()> work, std::function<void()> then);

/// Takes these out of the values, and gives them.
template <class T>
std::vector<T> takeUnits(std::vector<T> &values, const Edit::Units &units)
{
    std::vector<bool> taken(values.size());
    for (const std::size_t unit : units)
        taken[unit] = true;
    std::vector<T> kept;
    std::vector<T> given;
    for (std::size_t i = 0; i < values.size(); ++i)
        (taken[i] ? given : kept).push_back(std::move(values[i]));
    values = std::move(kept);
    return given;
}

/// "Chiara Lombardi", "3 people", "2 groups", "5 objects": `name` is used when it is one.
QString subjectText(std::size_t people, std::size_t groups, const QString &name);

} // namespace kith::views
