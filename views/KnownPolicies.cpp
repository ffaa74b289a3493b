// SPDX-License-Identifier: Apache-2.0
#include "KnownPolicies.h"

#include "connection/Async.h"

#include <QCompleter>
#include <QLineEdit>

namespace kith::views {

KnownPolicies::KnownPolicies(connection::Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection)
{
    connect(&connection, &connection::Connection::changed, this, [this](const ChangeSet &changes) {
        if (m_wanted && (!changes.policies.empty() || changes.everything))
            read();
    });
}

KnownPolicies::State KnownPolicies::state(const QString &name) const
{
    if (!m_read)
        return State::Unknown;
    return m_defined.value(name.toLower(), false) ? State::Defined : State::Undefined;
}

QStringListModel *KnownPolicies::names()
{
    return &m_names;
}

void KnownPolicies::wanted()
{
    if (m_wanted)
        return;
    m_wanted = true;
    read();
}

void KnownPolicies::read()
{
    const int generation = ++m_generation;
    connection::whenReady(m_connection.directory().policies(), this, [this, generation](const auto &result) {
        if (generation != m_generation || !result)
            return; // Completing is a comfort: without it names are typed in full.
        QStringList names;
        m_defined.clear();
        for (const connection::PolicyRow &policy : *result) {
            m_defined.insert(policy.name, policy.defined);
            if (policy.defined)
                names.push_back(policy.name);
        }
        m_names.setStringList(names);
        m_read = true;
        Q_EMIT changed();
    });
}

void completeIn(QLineEdit &field, QStringListModel *names)
{
    auto *completer = new QCompleter(names, &field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    field.setCompleter(completer);
}

} // namespace kith::views
