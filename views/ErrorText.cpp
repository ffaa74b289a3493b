// SPDX-License-Identifier: Apache-2.0
#include "ErrorText.h"

#include "Direction.h"
#include "Look.h"

#include "connection/VaultHttp.h"

#include <QCoreApplication>

namespace kith::views {

namespace {

constexpr int LongestShown = 2000;

/// What a server says, line by line: marks of direction in it are no more its own to use than those in a name.
QString shown(const QString &wire)
{
    QStringList lines = wire.split(QLatin1Char('\n'));
    for (QString &line : lines)
        line = visibleName(line.trimmed(), LongestShown);
    return isolated(lines.join(QLatin1Char('\n')));
}

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(kith::views::ErrorText)
public:
    /// What the core's text begins with, and the sentence for it.
    static QString known(const QString &wire)
    {
        static const std::pair<const char *, const char *> sentences[] = {
            {"entity name is already in use", QT_TR_NOOP("There is an entity of this name already.")},
            {"group name is already in use", QT_TR_NOOP("There is a group of this name already.")},
            {"policies cannot contain root", QT_TR_NOOP("The policy “root” can’t be given to anybody.")},
            {"member entities can't be set manually for external groups",
             QT_TR_NOOP("An external group takes its members from its mount: nobody can be put in by hand.")},
            {"member groups can't be set for external groups", QT_TR_NOOP("An external group can’t have subgroups.")},
            {"cyclic relationship detected", QT_TR_NOOP("The group would contain itself.")},
            {"Alias already exists for requested entity", QT_TR_NOOP("It has an alias on this mount already.")},
            {"alias with combination of mount accessor and name already exists",
             QT_TR_NOOP("The alias belongs to somebody else already.")},
            {"combination of mount and group alias name is already in use",
             QT_TR_NOOP("The alias belongs to another group already.")},
            {"invalid mount accessor", QT_TR_NOOP("The mount of this alias doesn’t exist any more.")},
            {"this connection is read-only", QT_TR_NOOP("This connection is set to read only.")},
            {"could not be deleted again",
             QT_TR_NOOP(
                 "It could not be made whole, and what was made of it could not be deleted again: look for it.")},
            {"at the same moment: its policies",
             QT_TR_NOOP("Somebody else made one of this name at the same moment: what they wrote may have been "
                        "overwritten, so look at it.")},
            {"this import can't be taken back any more",
             QT_TR_NOOP("What this import did is no longer known. Import a document that says how it was before.")},
        };
        for (const auto &[beginning, sentence] : sentences)
            if (wire.contains(QLatin1String(beginning)))
                return tr(sentence);
        return {};
    }

    /// The file by its name, where that is known.
    static QString file(const QString &where)
    {
        return where.isEmpty() ? tr("The core file") : tr("The core file %1").arg(shownName(where, LongestShown));
    }

    static QString byCode(ErrorCode code, const QString &where, const QString &wire)
    {
        switch (code) {
        case ErrorCode::NotFound:
            return tr("It doesn’t exist any more.");
        case ErrorCode::PermissionDenied:
            return tr("You have no right to do this.");
        case ErrorCode::PreconditionFailed:
            return tr("Somebody else changed it meanwhile.");
        case ErrorCode::WriterTaken:
            return tr("%1 is writing to this core: nothing can be changed here.").arg(shownName(where, LongestShown));
        case ErrorCode::ReadOnly:
            return tr("%1 can’t be written: allow it, for the file and its folder, or open another core.",
                      "the core file")
                .arg(file(where));
        case ErrorCode::DiskFull:
            return where.isEmpty() ? tr("No space is left on the disk; nothing was changed. Make room and try again.")
                                   : tr("No space is left on the disk of %1; nothing was changed. Make room and try "
                                        "again.")
                                         .arg(shownName(where, LongestShown));
        case ErrorCode::Damaged:
            return tr("%1 is damaged. Make a copy of it before anything else; “kithctl check” says where, and a "
                      "backup may be beside it.",
                      "the core file")
                .arg(file(where));
        case ErrorCode::Io:
            return where.isEmpty() ? QString()
                                   : tr("%1 can’t be used: %2", "the core file").arg(file(where), shown(wire));
        case ErrorCode::Cancelled:
            return tr("Cancelled; nothing was changed.");
        case ErrorCode::TimedOut:
            return tr("The core didn’t answer in time.");
        case ErrorCode::Unreachable:
            return tr("The core can’t be reached.");
        default:
            return {};
        }
    }

    /// What a server says when it can't serve just now.
    static QString byStatus(int status)
    {
        switch (status) {
        case 429:
            return tr("The server has too much to do just now: try again in a moment.");
        case 472:
        case 473:
            return tr("This server is a standby and changes nothing: connect to the one that is active.");
        case 503:
            return tr("The server is sealed, or not in service just now.");
        case 502:
        case 504:
            return tr("What stands in front of the server doesn’t reach it.");
        default:
            return {};
        }
    }
};

/// The core wraps some of its texts in a list of one.
QString plain(const std::string &wire)
{
    QString text = QString::fromStdString(wire).trimmed();
    static const QString wrapper = QStringLiteral("1 error occurred:");
    if (text.startsWith(wrapper))
        text = text.mid(wrapper.size()).trimmed();
    if (text.startsWith(QLatin1String("* ")))
        text = text.mid(2);
    return text;
}

ErrorCode codeOf(int status)
{
    switch (status) {
    case 403:
        return ErrorCode::PermissionDenied;
    case 404:
        return ErrorCode::NotFound;
    case 405:
        return ErrorCode::UnsupportedOperation;
    case 412:
        return ErrorCode::PreconditionFailed;
    case 423:
        return ErrorCode::WriterTaken;
    case 507:
        return ErrorCode::DiskFull;
    default:
        return status < 500 ? ErrorCode::InvalidRequest : ErrorCode::Internal;
    }
}

} // namespace

QString errorText(const Error &error)
{
    const QString wire = plain(error.wire);
    if (connection::isOutcomeUnseen(error))
        return Texts::tr("No answer came, and the server shows nothing of it yet. It may still come.");
    if (connection::isOutcomeUnknown(error))
        return Texts::tr("The connection broke before the answer came: it may have been done, or not.");
    if (const QString known = Texts::known(wire); !known.isEmpty())
        return known;
    const bool itself = error.code == ErrorCode::InvalidRequest || error.code == ErrorCode::Internal;
    if (const QString text = Texts::byStatus(error.status); itself && !text.isEmpty())
        return text;
    if (const QString text = Texts::byCode(error.code, QString::fromStdString(error.where), wire); !text.isEmpty())
        return text;
    return wire.isEmpty() ? Texts::tr("It failed without saying why (status %1).").arg(error.status)
                          : Texts::tr("The core refused: %1").arg(shown(wire));
}

Error errorOf(const core::Response &response)
{
    std::string wire;
    for (const std::string &text : response.errors)
        wire += (wire.empty() ? "" : "\n") + text;
    return {response.code.value_or(codeOf(response.status)), response.status, std::move(wire), response.where};
}

Error errorOf(const Result<core::Response> &answer)
{
    return answer ? errorOf(*answer) : answer.error();
}

} // namespace kith::views
