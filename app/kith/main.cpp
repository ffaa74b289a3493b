// SPDX-License-Identifier: Apache-2.0
#include "Options.h"
#include "Starter.h"
#include "connection/LetGo.h"
#include "connection/RemoteClient.h"
#include "store/CoreDumps.h"
#include "store/DefaultFile.h"
#include "views/DesktopScheme.h"
#include "views/Language.h"
#include "views/Look.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QLocale>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

using namespace kith;

namespace {

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.push_back(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace

int main(int argc, char **argv)
{
    forbidCoreDumps();
    std::signal(SIGPIPE, SIG_IGN); // a server that goes away must not end the process
    connection::freeInSmallSteps();
    connection::avoidGlibInThreads();
    QCoreApplication::setApplicationName(QStringLiteral("kith"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KITH_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.kith.Kith"));
    const Parsed parsed = parseOptions(argumentsOf(argc, argv));
    if (parsed.exitStatus) {
        std::fprintf(*parsed.exitStatus == 0 ? stdout : stderr, "%s\n", qUtf8Printable(parsed.message));
        return *parsed.exitStatus;
    }
    const Options &options = parsed.options;
    const bool picture = !options.picture.isEmpty();
    QTemporaryDir state; // A picture doesn't depend on how the window was left last, and leaves no trace.
    if (picture) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qputenv("XDG_STATE_HOME", QFile::encodeName(state.path()));
    }
    if (!hasDisplay()) {
        std::fputs("There is no display here. Without one you have kithctl, and kith --grab FILE.png for a picture.\n",
                   stderr);
        return 1;
    }

    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/kith.svg")));
    QApplication::setApplicationDisplayName(QStringLiteral("Kith"));
    if (!options.language.isEmpty())
        QLocale::setDefault(QLocale(options.language)); // before anything is made: widgets keep theirs
    const views::Language language{QLocale()};
    const QPalette platform = QApplication::palette();
    views::applyColorScheme(application, options.dark ? views::ColorScheme::Dark : views::ColorScheme::Light, platform);
    std::unique_ptr<views::DesktopScheme> desktop;
    if (!picture && !options.dark) {
        desktop = std::make_unique<views::DesktopScheme>();
        QObject::connect(desktop.get(), &views::DesktopScheme::changed, &application,
                         [&](views::ColorScheme scheme) { views::applyColorScheme(application, scheme, platform); });
    }

    Starter starter(options,
                    options.core.isEmpty() ? QString::fromStdString(store::defaultFile().string()) : options.core);
    starter.start();
    views::findOtherFonts(QApplication::font()); // while the core is opened by another thread
    return QApplication::exec();
}
