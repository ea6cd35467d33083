// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/enginemessage.h"

#include <QJsonDocument>

#include "app/engine/enginetext.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

EngineError errorFrom(const QJsonObject& object)
{
    const QJsonObject data = object["data"_L1].toObject();
    EngineError error;
    error.code = data["code"_L1].toString(u"internal"_s);
    error.message = data["message"_L1].toString();
    if (error.message.isEmpty()) {
        error.message = object["message"_L1].toString();
    }
    error.message = engineText(error.message);
    error.hint = engineText(data["hint"_L1].toString());
    return error;
}

} // namespace

std::optional<EngineMessage> parseEngineLine(const QByteArray& line)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parseError);
    if (parseError.error != QJsonParseError::NoError || !document.isObject()) {
        return {};
    }
    const QJsonObject object = document.object();
    if (object["jsonrpc"_L1].toString() != "2.0"_L1) {
        return {};
    }
    EngineMessage message;
    if (object.contains("method"_L1)) {
        message.type = EngineMessage::Type::Notification;
        message.method = object["method"_L1].toString();
        message.body = object["params"_L1].toObject();
        return message;
    }
    message.id = object["id"_L1].toInteger(0);
    if (object.contains("error"_L1)) {
        message.type = EngineMessage::Type::Error;
        message.error = errorFrom(object["error"_L1].toObject());
        return message;
    }
    if (object.contains("result"_L1)) {
        message.type = EngineMessage::Type::Result;
        message.body = object["result"_L1].toObject();
        return message;
    }
    return {};
}

QByteArray encodeRequest(qint64 id, const QString& method, const QJsonObject& params)
{
    const QJsonObject object{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

EngineProgress progressFrom(const QJsonObject& params)
{
    EngineProgress progress;
    const QString stage = params["stage"_L1].toString();
    progress.stage = engineText(stage);
    progress.isEpoch = stage.startsWith("epoch"_L1);
    progress.unit = engineText(params["unit"_L1].toString());
    progress.done = params["done"_L1].toInteger();
    progress.total = params["total"_L1].toInteger();
    progress.rate = params["rate"_L1].toDouble();
    progress.secondsLeft = params["secondsLeft"_L1].toDouble(-1);
    return progress;
}

} // namespace papilio::app
