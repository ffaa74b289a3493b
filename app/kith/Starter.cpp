// SPDX-License-Identifier: Apache-2.0
#include "Starter.h"

#include "Picture.h"
#include "connection/Async.h"
#include "views/DocumentDrop.h"
#include "views/ErrorPage.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>

#include <cstdio>

using namespace kith;

Starter::Starter(Options options, QString coreFile) : m_options(std::move(options)), m_file(std::move(coreFile)) {}

Starter::~Starter() = default;

void Starter::start()
{
    connection::LocalOptions open;
    open.file = m_file;
    connection::whenReady(connection::LocalConnection::open(std::move(open)), this,
                          [this](auto result) { opened(std::move(result)); });
}

void Starter::opened(Result<std::unique_ptr<connection::LocalConnection>> result)
{
    if (!result) {
        showError(result.error());
        return;
    }
    m_connection = std::move(*result);
    showWindow();
}

void Starter::showWindow()
{
    m_window = std::make_unique<views::MainWindow>(*m_connection);
    auto *drop = new views::DocumentDrop(m_window.get());
    connect(drop, &views::DocumentDrop::dropped, m_window.get(), &views::MainWindow::import);
    if (m_options.size.isValid())
        m_window->resize(m_options.size);
    m_window->show();
    m_errorPage.reset();
    if (m_options.picture.isEmpty()) {
        (new views::LocalCoreGuide(*m_connection, m_secrets, *m_window))->start();
        return;
    }
    m_picture = std::make_unique<Picture>(m_options, *m_connection, *m_window);
    connect(m_picture.get(), &Picture::drawn, this, [] { QApplication::exit(0); });
    connect(m_picture.get(), &Picture::failed, this, &Starter::fail);
    m_picture->start();
}

void Starter::showError(const Error &error)
{
    if (!m_options.picture.isEmpty()) {
        const views::ErrorWords words = views::openErrorWords(error);
        fail(QStringLiteral("%1: %2. %3").arg(m_file, words.headline, words.explanation));
        return;
    }
    auto page = std::make_unique<views::ErrorPage>(error, m_file);
    page->setWindowTitle(QStringLiteral("Kith"));
    page->resize(900, 560);
    connect(page.get(), &views::ErrorPage::retryWanted, this, &Starter::start);
    connect(page.get(), &views::ErrorPage::openOtherWanted, this, &Starter::chooseOther);
    page->show();
    if (m_errorPage)
        m_errorPage.release()->deleteLater(); // Its button is what brought us here.
    m_errorPage = std::move(page);
}

void Starter::chooseOther()
{
    auto *dialog = new QFileDialog(m_errorPage.get(), QCoreApplication::translate("Starter", "Open another core"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDirectory(QFileInfo(m_file).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_file = file;
        start();
    });
    dialog->open();
}

void Starter::fail(const QString &reason)
{
    std::fprintf(stderr, "kith: %s\n", qUtf8Printable(reason));
    QApplication::exit(1);
}
