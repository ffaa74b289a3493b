// SPDX-License-Identifier: Apache-2.0
#include "SecretClipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>

namespace kith::views {

static QByteArray digestOf(const QString &text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

SecretClipboard::SecretClipboard(QObject *parent) : QObject(parent)
{
    m_end.setSingleShot(true);
    m_end.setInterval(StaysMs);
    connect(&m_end, &QTimer::timeout, this, &SecretClipboard::clear);
}

SecretClipboard::~SecretClipboard()
{
    blockSignals(true); // whoever listens is half gone
    clear();
}

void SecretClipboard::copy(const QString &secret)
{
    auto *data = new QMimeData;
    data->setText(secret);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), "secret"); // what Klipper and others look for
    QGuiApplication::clipboard()->setMimeData(data);
    m_digest = digestOf(secret);
    m_end.start();
}

void SecretClipboard::clear()
{
    m_end.stop();
    if (m_digest.isEmpty())
        return;
    // Not QClipboard::ownsClipboard(): a clipboard manager may have taken it over.
    if (QGuiApplication::clipboard() && digestOf(QGuiApplication::clipboard()->text()) == m_digest)
        QGuiApplication::clipboard()->clear();
    m_digest.clear();
    Q_EMIT cleared();
}

} // namespace kith::views
