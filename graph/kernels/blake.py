"""BLAKE2b (RFC 7693), for hashing many short texts without the interpreter."""

from __future__ import annotations

import numpy as np

from interlock.graph.kernels.lines import first_bytes, word


def start(h, size):
    """The state before anything is read, for a digest of so many bytes."""
    h[0] = np.uint64(0x6A09E667F3BCC908) ^ np.uint64(0x01010000) ^ np.uint64(size)
    h[1] = np.uint64(0xBB67AE8584CAA73B)
    h[2] = np.uint64(0x3C6EF372FE94F82B)
    h[3] = np.uint64(0xA54FF53A5F1D36F1)
    h[4] = np.uint64(0x510E527FADE682D1)
    h[5] = np.uint64(0x9B05688C2B3E6C1F)
    h[6] = np.uint64(0x1F83D9ABFB41BD6B)
    h[7] = np.uint64(0x5BE0CD19137E2179)


def mixed(a, b, c, d, x, y):
    a = a + b + x
    d = d ^ a
    d = d >> np.uint64(32) | d << np.uint64(32)
    c = c + d
    b = b ^ c
    b = b >> np.uint64(24) | b << np.uint64(40)
    a = a + b + y
    d = d ^ a
    d = d >> np.uint64(16) | d << np.uint64(48)
    c = c + d
    b = b ^ c
    return a, b >> np.uint64(63) | b << np.uint64(1), c, d


def compress(h, m, sigma, read, last):
    """Take in a block; ``read`` is how many bytes have been read with it."""
    v0, v1, v2, v3, v4, v5, v6, v7 = h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
    v8, v9 = np.uint64(0x6A09E667F3BCC908), np.uint64(0xBB67AE8584CAA73B)
    v10, v11 = np.uint64(0x3C6EF372FE94F82B), np.uint64(0xA54FF53A5F1D36F1)
    v12, v13 = np.uint64(0x510E527FADE682D1) ^ np.uint64(read), np.uint64(0x9B05688C2B3E6C1F)
    v14, v15 = np.uint64(0x1F83D9ABFB41BD6B), np.uint64(0x5BE0CD19137E2179)
    if last:
        v14 = ~v14
    for r in range(12):
        v0, v4, v8, v12 = mixed(v0, v4, v8, v12, m[sigma[r, 0]], m[sigma[r, 1]])
        v1, v5, v9, v13 = mixed(v1, v5, v9, v13, m[sigma[r, 2]], m[sigma[r, 3]])
        v2, v6, v10, v14 = mixed(v2, v6, v10, v14, m[sigma[r, 4]], m[sigma[r, 5]])
        v3, v7, v11, v15 = mixed(v3, v7, v11, v15, m[sigma[r, 6]], m[sigma[r, 7]])
        v0, v5, v10, v15 = mixed(v0, v5, v10, v15, m[sigma[r, 8]], m[sigma[r, 9]])
        v1, v6, v11, v12 = mixed(v1, v6, v11, v12, m[sigma[r, 10]], m[sigma[r, 11]])
        v2, v7, v8, v13 = mixed(v2, v7, v8, v13, m[sigma[r, 12]], m[sigma[r, 13]])
        v3, v4, v9, v14 = mixed(v3, v4, v9, v14, m[sigma[r, 14]], m[sigma[r, 15]])
    h[0] ^= v0 ^ v8
    h[1] ^= v1 ^ v9
    h[2] ^= v2 ^ v10
    h[3] ^= v3 ^ v11
    h[4] ^= v4 ^ v12
    h[5] ^= v5 ^ v13
    h[6] ^= v6 ^ v14
    h[7] ^= v7 ^ v15


def digest(data, a, b, size, h, m, sigma):
    """The digest of the bytes from ``a`` up to ``b``, in ``h``; eight more are looked at."""
    start(h, size)
    p = a
    while True:
        for i in range(16):
            q = p + 8 * i
            w = np.uint64(0)
            if q < b:
                w = word(data, q)
                if b - q < 8:
                    w = first_bytes(w, b - q)
            m[i] = w
        p += 128
        compress(h, m, sigma, min(p, b) - a, p >= b)
        if p >= b:
            return


def sum_lines(data, places, count, total, h, m, sigma):
    """Add the digest of each line that begins at these places, but for its dot, to ``total``: four words, the lowest first."""
    for n in range(count):
        b = places[n]
        while data[b] != 10:
            b += 1
        digest(data, places[n], b - 2, 32, h, m, sigma)
        carry = np.uint64(0)
        for i in range(4):
            old = total[i]
            part = old + h[i]
            over = np.uint64(part < old)
            part += carry
            over += np.uint64(part < carry)
            total[i] = part
            carry = over


def hash_each(data, a, b, out, h, m, sigma):
    """The digest of eight bytes of each stretch."""
    for n in range(len(a)):
        digest(data, a[n], b[n], 8, h, m, sigma)
        out[n] = h[0]
