// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

namespace kith::views {

/// Lends a secret to the clipboard: it goes from there after ten seconds, or with this, unless something else was
/// copied since. Tells clipboard managers not to remember it.
class SecretClipboard : public QObject
{
    Q_OBJECT
public:
    explicit SecretClipboard(QObject *parent = nullptr);
    ~SecretClipboard() override;

    void copy(const QString &secret);
    void clear(); ///< Now, if it is still there.

    static constexpr int StaysMs = 10'000;

Q_SIGNALS:
    void cleared();

private:
    QByteArray m_digest; ///< Of what was copied; empty: nothing.
    QTimer m_end;
};

} // namespace kith::views
