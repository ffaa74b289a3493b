// SPDX-License-Identifier: Apache-2.0
#include "Options.h"

#include "views/Language.h"
#include "views/Navigator.h"

#include <QCommandLineParser>
#include <QRegularExpression>

using namespace kith;

namespace {

constexpr int WrongUsage = 2;

Parsed wrong(const QString &message)
{
    return {{}, WrongUsage, message + QStringLiteral("\nkith --help tells what there is.")};
}

/// "1280x800"; invalid if it isn't that.
QSize sizeOf(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^([0-9]{2,5})x([0-9]{2,5})$"));
    const auto match = form.match(text);
    return match.hasMatch() ? QSize(match.captured(1).toInt(), match.captured(2).toInt()) : QSize();
}

} // namespace

Parsed parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Shows who there is, what they belong to, and why they may do what they may."));
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();
    const QCommandLineOption core(QStringLiteral("core"), QStringLiteral("Open this core file instead of your own."),
                                  QStringLiteral("FILE"));
    const QCommandLineOption connection(QStringLiteral("connection"),
                                        QStringLiteral("Open this connection instead of a core file."),
                                        QStringLiteral("NAME"));
    const QCommandLineOption grab(QStringLiteral("grab"),
                                  QStringLiteral("Draw the window into a picture, without a display, and leave."),
                                  QStringLiteral("FILE.png"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  QStringLiteral("Show entities, groups, aliases, policies, mounts or welcome."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption select(
        QStringLiteral("select"),
        QStringLiteral("Select the entity or group of this name. Given twice on the page of groups: a group, and "
                       "somebody for the inspector."),
        QStringLiteral("NAME"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("The window's size in pixels: 1280x800."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption language(QStringLiteral("language"),
                                      QStringLiteral("Speak this language, en or de, instead of the desktop's."),
                                      QStringLiteral("NAME"));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("Dark colours."));
    parser.addOptions({core, connection, grab, page, select, size, language, dark});

    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help))
        return {{}, 0, parser.helpText().replace(QStringLiteral("<executable_name>"), QStringLiteral("kith"))};
    if (parser.isSet(version))
        return {{}, 0, QStringLiteral("kith " KITH_VERSION)};
    if (!parser.positionalArguments().isEmpty())
        return wrong(QStringLiteral("Not understood: %1").arg(parser.positionalArguments().join(QLatin1Char(' '))));

    Options options;
    options.core = parser.value(core);
    options.connection = parser.value(connection);
    options.picture = parser.value(grab);
    options.page = parser.value(page);
    options.select = parser.values(select);
    options.dark = parser.isSet(dark);
    options.language = parser.value(language);
    if (!options.page.isEmpty() && !views::pageOf(options.page))
        return wrong(QStringLiteral("There is no page “%1”; there are entities, groups, aliases, policies, mounts and "
                                    "welcome.")
                         .arg(options.page));
    if (parser.isSet(language) && !views::Language::all().contains(options.language))
        return wrong(QStringLiteral("Kith doesn't speak “%1”, only: %2.")
                         .arg(options.language, views::Language::all().join(QStringLiteral(", "))));
    if (parser.isSet(connection) && (parser.isSet(core) || parser.isSet(grab)))
        return wrong(QStringLiteral("--connection goes with neither --core nor --grab."));
    if (parser.isSet(grab) && options.picture.isEmpty())
        return wrong(QStringLiteral("--grab needs the name of a file."));
    if (parser.isSet(size)) {
        options.size = sizeOf(parser.value(size));
        if (!options.size.isValid())
            return wrong(QStringLiteral("A size looks like 1280x800, not “%1”.").arg(parser.value(size)));
    }
    return {options, std::nullopt, {}};
}
