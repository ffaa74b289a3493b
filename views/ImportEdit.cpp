// SPDX-License-Identifier: Apache-2.0
#include "ImportEdit.h"

#include "Look.h"
#include "connection/Requests.h"

namespace kith::views {

namespace json = boost::json;

ImportEdit::ImportEdit(QString document, QString undo) : m_document(std::move(document)), m_undo(std::move(undo)) {}

void ImportEdit::prepare(connection::Connection &, QObject *, Direction, std::function<void(Parts)> ready)
{
    json::object data{{"undo", connection::toJson(m_undo)}, {"force", takeOverwrite()}};
    ready(json::array{connection::updatePart(QStringLiteral("kith/import/undo"), std::move(data))});
}

void ImportEdit::answered(Direction, const json::array &answers)
{
    const json::object *answer = answers.empty() ? nullptr : answers.front().if_object();
    const json::value *data = answer ? answer->if_contains("data") : nullptr;
    const json::value *undo = data && data->is_object() ? data->get_object().if_contains("undo") : nullptr;
    const json::value *warnings = answer ? answer->if_contains("warnings") : nullptr;
    m_undo = undo ? connection::textOf(*undo) : QString();
    m_leftOut = warnings && warnings->is_array() && !warnings->get_array().empty();
}

QString ImportEdit::label() const
{
    return tr("Import %1").arg(shownName(m_document, 60));
}

QString ImportEdit::doneText() const
{
    return tr("Imported %1").arg(shownName(m_document, 60));
}

QString ImportEdit::remark() const
{
    return m_leftOut ? tr("What is in use meanwhile was left as it is.") : QString();
}

QString ImportEdit::conflictText(const Error &error) const
{
    const QString what = QString::fromStdString(error.where);
    return what.isEmpty() ? Edit::conflictText(error) : tr("Changed meanwhile by somebody else: %1.").arg(what);
}

} // namespace kith::views
