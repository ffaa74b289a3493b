// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RightsReader.h"
#include "TruthCheck.h"

#include <QTimer>

namespace kith::views {

class MainWindow;

/// What the window on a server has beside the pages: its mark, how old what is shown is, that it can't be reached, that
/// the sign-in ends, and for production a question before each change.
class RemoteGuide : public QObject
{
    Q_OBJECT
public:
    /// The connection must outlive it; it goes with the window.
    RemoteGuide(connection::RemoteConnection &connection, MainWindow &window);

Q_SIGNALS:
    void signInWanted(const QString &why); ///< With this connection nothing can be done any more.
    void lockWanted();

private:
    void refresh();
    void showMirror();
    void showToken();
    void wantWhatIsSeen();
    void showClashes();
    void inspectToken();
    void lookUp(const QString &nameOrId);
    void lookUp(connection::ObjectKind kind, const QString &nameOrId);
    void confirm(const QString &what, std::function<void(bool)> answer);

    connection::RemoteConnection &m_connection;
    MainWindow &m_window;
    QTimer m_aging;
    connection::MirrorState::Phase m_phase = connection::MirrorState::Phase::Listing;
    TruthCheck m_truth;
    RightsReader m_rights;
    bool m_saidForbidden = false;
    struct Clash {
        QString name;
        bool overwritten = false;
    };
    std::vector<Clash> m_clashes;                ///< To be said when the change that met them is over.
    std::vector<connection::ObjectRef> m_wanted; ///< Asked for first in this round of reading.
};

} // namespace kith::views
