// SPDX-License-Identifier: Apache-2.0
#include "PolicyEdit.h"

#include "ErrorText.h"
#include "Look.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;
using connection::whenReady;

PolicyEdit::PolicyEdit(QString name, Text before, Text after)
    : m_name(std::move(name)), m_before(std::move(before)), m_after(std::move(after))
{}

QString PolicyEdit::pathOf(const QString &name)
{
    return QStringLiteral("sys/policies/acl/") + name;
}

void PolicyEdit::prepare(connection::Connection &connection, QObject *context, Direction direction,
                         std::function<void(Parts)> ready)
{
    auto read = connection::requestOf(core::Operation::Read, connection::toStd(pathOf(m_name)));
    whenReady(connection.send(std::move(read)), context,
              [this, direction, ready = std::move(ready)](const Result<core::Response> &answer) {
                  if (!answer)
                      return ready(answer.error());
                  if (!answer->ok() && answer->status != 404)
                      return ready(errorOf(*answer));
                  ready(parts(direction, connection::dataOf(answer)));
              });
}

Edit::Parts PolicyEdit::parts(Direction direction, const json::object *current)
{
    Text &from = direction == Direction::Forth ? m_before : m_after;
    const Text &to = direction == Direction::Forth ? m_after : m_before;
    const bool overwrite = takeOverwrite();
    const json::value *text = current ? current->if_contains("policy") : nullptr;
    m_theirs = text ? Text(connection::textOf(*text)) : Text();
    if (m_theirs == to)
        return json::array();
    if (overwrite)
        from = m_theirs;
    if (m_theirs != from) {
        m_met = direction;
        return Error{ErrorCode::PreconditionFailed, 412, {}, {}};
    }
    if (current) {
        m_settings = {};
        for (const char *key : {"cas_required", "allow_slashes_in_identity_templates",
                                "allow_wildcards_in_identity_templates", "expiration"})
            if (const json::value *value = current->if_contains(key))
                m_settings[key] = *value;
    }
    if (!to)
        return json::array{connection::deletePart(pathOf(m_name))};
    json::object data = m_settings;
    data["policy"] = connection::toJson(*to);
    // Servers that count versions refuse what was changed between our look and this.
    if (!current)
        data["cas"] = -1;
    else if (const json::value *version = current->if_contains("version"))
        data["cas"] = *version;
    return json::array{connection::updatePart(pathOf(m_name), std::move(data))};
}

QString PolicyEdit::label() const
{
    const QString name = shownName(m_name, 60);
    return !m_before  ? tr("Create policy %1").arg(name)
           : !m_after ? tr("Delete policy %1").arg(name)
                      : tr("Change policy %1").arg(name);
}

QString PolicyEdit::doneText() const
{
    const QString name = shownName(m_name, 60);
    return !m_before  ? tr("Created policy %1").arg(name)
           : !m_after ? tr("Deleted policy %1").arg(name)
                      : tr("Changed policy %1").arg(name);
}

QString PolicyEdit::nothingText() const
{
    return m_after ? tr("The policy %1 says just that already").arg(shownName(m_name, 60))
                   : tr("The policy %1 is gone already").arg(shownName(m_name, 60));
}

QString PolicyEdit::conflictText(const Error &) const
{
    const QString name = shownName(m_name, 60);
    if (!m_theirs)
        return tr("Somebody else deleted the policy %1 meanwhile.").arg(name);
    if (!(m_met == Direction::Forth ? m_before : m_after))
        return tr("Somebody else made a policy %1 meanwhile.").arg(name);
    return tr("Somebody else changed the policy %1 meanwhile.").arg(name);
}

std::vector<ConflictField> PolicyEdit::conflictFields() const
{
    const bool forth = m_met == Direction::Forth;
    return {{QString(), tr("Text"), forth ? m_before : m_after, m_theirs, forth ? m_after : m_before}};
}

void PolicyEdit::settle(const Versions &versions)
{
    if (!versions.empty() && versions.front() == Version::Theirs)
        (m_met == Direction::Forth ? m_after : m_before) = m_theirs;
    overwrite();
}

} // namespace kith::views
