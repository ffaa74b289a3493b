// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Diagnosis.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace kith::views {

/// A server's certificate that nobody vouches for, and the button by which the person does. Hidden until there is one.
class TrustOffer : public QWidget
{
    Q_OBJECT
public:
    explicit TrustOffer(const QString &buttonText, QWidget *parent);

    /// Whether a certificate may take the place of another that was trusted before.
    enum class Replacing { Allowed, Refused };
    /// Shows the certificate that the diagnosis is about; one that isn't about a certificate withdraws the offer.
    void offer(const connection::Diagnosis &diagnosis, Replacing replacing);
    void withdraw();

Q_SIGNALS:
    void trusted(const QString &fingerprint);

private:
    QLabel *m_certificate;
    QPushButton *m_button;
    QString m_fingerprint;
};

} // namespace kith::views
