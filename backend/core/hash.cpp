// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hash.h"

#include <array>
#include <fstream>
#include <vector>

#include <openssl/evp.h>

namespace papilio
{

struct Digest::Data {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~Data() { EVP_MD_CTX_free(context); }
};

Digest::Digest(Kind kind) : m_data(std::make_unique<Data>())
{
    EVP_DigestInit_ex(m_data->context, kind == Kind::Sha256 ? EVP_sha256() : EVP_md5(), nullptr);
}
Digest::~Digest() = default;

void Digest::add(std::string_view bytes) { EVP_DigestUpdate(m_data->context, bytes.data(), bytes.size()); }

std::string Digest::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_data->context, digest.data(), &length);
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * length);
    for (unsigned int i = 0; i < length; ++i) {
        text.push_back(digits[digest[i] >> 4]);
        text.push_back(digits[digest[i] & 0xf]);
    }
    return text;
}

Result<std::string> sha256OfFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::NotFound, "Cannot open '" + path + "'.", "Check the path and its permissions.");
    }
    Sha256 hash;
    std::vector<char> buffer(1 << 20);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.add(std::string_view(buffer.data(), static_cast<std::size_t>(file.gcount())));
    }
    if (file.bad()) {
        return fail(ErrorCode::Io, "Reading '" + path + "' failed.");
    }
    return hash.hex();
}

} // namespace papilio
