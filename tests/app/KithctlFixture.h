// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace kith::test {

/// Runs kithctl as a process, with a folder of its own for each test. A base of the test's class.
class KithctlFixture
{
protected:
    struct Run {
        int status = -1;
        QString out;
        QString err;
    };

    void start() { m_folder = std::make_unique<QTemporaryDir>(); } ///< A new folder.
    Run run(const QStringList &arguments, const QByteArray &input = {}) const;
    Run onCore(const QStringList &arguments, const QByteArray &input = {}) const;
    QString path(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    QString core() const { return path("core.db"); }
    QString write(const char *name, const QByteArray &content) const;
    void importDocument(const QByteArray &document) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

} // namespace kith::test
