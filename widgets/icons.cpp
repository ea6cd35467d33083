// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <cmath>

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

/// SVG text of an icon, read once; empty if there is none of that name.
const QByteArray& source(const QString& name)
{
    static QHash<QString, QByteArray> cache;
    auto it = cache.find(name);
    if (it == cache.end()) {
        Theme::current(); // the resources are there from here on
        QByteArray text;
        for (const QString& folder : {u":/papilio/icons/"_s, u":/papilio/icons/controls/"_s}) {
            QFile file(folder + name + u".svg"_s);
            if (file.open(QIODevice::ReadOnly)) {
                text = file.readAll();
                break;
            }
        }
        it = cache.insert(name, text);
    }
    return *it;
}

QPixmap render(const QString& name, const QColor& color, const QSize& devicePixels)
{
    const QString key = u"papilio/%1/%2/%3x%4"_s.arg(name, color.name(QColor::HexArgb)).arg(devicePixels.width())
                            .arg(devicePixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    QByteArray svg = source(name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(devicePixels);
    pixmap.fill(Qt::transparent);
    if (renderer.isValid() && !devicePixels.isEmpty()) {
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        const double side = std::min(devicePixels.width(), devicePixels.height());
        renderer.render(&painter, QRectF((devicePixels.width() - side) / 2, (devicePixels.height() - side) / 2, side, side));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(QString name, Role role) : m_name(std::move(name)), m_role(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        QPixmap pixmap = render(m_name, color(mode, state), (QSizeF(rect.size()) * ratio).toSize());
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        return render(m_name, color(mode, state), size);
    }

    /// From Qt 6.8 on the size is in device-independent pixels, before that in those of the device.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, [[maybe_unused]] qreal ratio) override
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return render(m_name, color(mode, state), size * ratio);
#else
        return render(m_name, color(mode, state), size);
#endif
    }

    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }
    QIconEngine* clone() const override { return new ThemeIconEngine(m_name, m_role); }
    QString key() const override { return u"papilio"_s; }
    bool isNull() override { return false; }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const Theme& theme = Theme::current();
        if (mode == QIcon::Disabled) {
            return theme.color(Role::TextDisabled);
        }
        return theme.color(state == QIcon::On ? Role::AccentText : m_role);
    }

    QString m_name;
    Role m_role;
};

} // namespace

QIcon icon(const QString& name, Role role)
{
    return source(name).isEmpty() ? QIcon() : QIcon(new ThemeIconEngine(name, role));
}

QPixmap iconPixmap(const QString& name, Role role, int size, qreal deviceRatio)
{
    const int pixels = static_cast<int>(std::lround(size * deviceRatio));
    QPixmap pixmap = render(name, Theme::current().color(role), {pixels, pixels});
    pixmap.setDevicePixelRatio(deviceRatio);
    return pixmap;
}

void paintIcon(QPainter* painter, const QRectF& rect, const QString& name, const QColor& color)
{
    if (source(name).isEmpty()) {
        return;
    }
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    const double side = std::min(rect.width(), rect.height());
    const int pixels = static_cast<int>(std::lround(side * ratio));
    QPixmap pixmap = render(name, color, {pixels, pixels});
    pixmap.setDevicePixelRatio(ratio);
    // Whole device pixels keep the strokes sharp.
    const auto snapped = [ratio](double value) { return std::round(value * ratio) / ratio; };
    painter->drawPixmap(QPointF(snapped(rect.center().x() - side / 2), snapped(rect.center().y() - side / 2)), pixmap);
}

} // namespace papilio::widgets
