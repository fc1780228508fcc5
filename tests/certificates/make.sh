#!/bin/sh
# Makes the certificates that tests serve with, each with its key in one file; they are good for a hundred years.
# Needs openssl 3. Nothing but these tests trusts the authority, and its own key is thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

key() { openssl ecparam -genkey -name prime256v1 -noout -out "$work/$1.key"; }

key authority
openssl req -x509 -new -key "$work/authority.key" -subj "/CN=Only for the tests of OpStatus" -days 36500 \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" -out authority.pem

# name, alternative names, first and last day
issue() {
    key "$1"
    openssl req -new -key "$work/$1.key" -subj "/CN=$1" -out "$work/$1.csr"
    printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n' "$2" >"$work/$1.ext"
    mkdir -p "$work/$1.ca"
    : >"$work/$1.ca/index"
    openssl rand -hex 8 >"$work/$1.ca/serial"
    printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nserial=%s\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' \
        "$work/$1.ca/index" "$work/$1.ca/serial" "$work/$1.ca" >"$work/$1.conf"
    openssl ca -batch -notext -config "$work/$1.conf" -cert authority.pem -keyfile "$work/authority.key" \
        -in "$work/$1.csr" -extfile "$work/$1.ext" -startdate "$3" -enddate "$4" -out "$work/$1.crt" 2>/dev/null
    cat "$work/$1.key" "$work/$1.crt" >"$1.pem"
}

issue good "DNS:localhost,DNS:good.test,IP:127.0.0.1" 20260101000000Z 21260101000000Z
issue expired "DNS:localhost,IP:127.0.0.1" 20200101000000Z 20210101000000Z
issue other-name "DNS:other.test" 20260101000000Z 21260101000000Z

key self-signed
openssl req -x509 -new -key "$work/self-signed.key" -subj "/CN=localhost" -days 36500 \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -out "$work/self-signed.crt"
cat "$work/self-signed.key" "$work/self-signed.crt" >self-signed.pem
