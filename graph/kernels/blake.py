"""BLAKE2b (RFC 7693), for hashing many short texts without the interpreter."""

from __future__ import annotations

import numpy as np


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


def mix(v, a, b, c, d, x, y):
    va = v[a] + v[b] + x
    vd = v[d] ^ va
    vd = vd >> np.uint64(32) | vd << np.uint64(32)
    vc = v[c] + vd
    vb = v[b] ^ vc
    vb = vb >> np.uint64(24) | vb << np.uint64(40)
    va = va + vb + y
    vd = vd ^ va
    vd = vd >> np.uint64(16) | vd << np.uint64(48)
    vc = vc + vd
    vb = vb ^ vc
    v[a] = va
    v[b] = vb >> np.uint64(63) | vb << np.uint64(1)
    v[c] = vc
    v[d] = vd


def compress(h, v, m, sigma, read, last):
    """Take in a block; ``read`` is how many bytes have been read with it."""
    for i in range(8):
        v[i] = h[i]
    start(v[8:], 0)
    v[8] ^= np.uint64(0x01010000)
    v[12] ^= np.uint64(read)
    if last:
        v[14] = ~v[14]
    for r in range(12):
        s = sigma[r]
        mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]])
        mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]])
        mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]])
        mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]])
        mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]])
        mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]])
        mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]])
        mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]])
    for i in range(8):
        h[i] ^= v[i] ^ v[i + 8]


def digest(data, a, b, size, h, v, m, sigma):
    """The digest of the bytes from ``a`` up to ``b``, in ``h``."""
    start(h, size)
    p = a
    while True:
        for i in range(16):
            q = p + 8 * i
            w = np.uint64(0)
            if q + 8 <= b:
                for k in range(8):
                    w |= np.uint64(data[q + k]) << np.uint64(8 * k)
            elif q < b:
                for k in range(b - q):
                    w |= np.uint64(data[q + k]) << np.uint64(8 * k)
            m[i] = w
        p += 128
        compress(h, v, m, sigma, min(p, b) - a, p >= b)
        if p >= b:
            return


def sum_lines(data, places, count, total, h, v, m, sigma):
    """Add the digest of each line that begins at these places, but for its dot, to ``total``: four words, the lowest first."""
    for n in range(count):
        b = places[n]
        while data[b] != 10:
            b += 1
        digest(data, places[n], b - 2, 32, h, v, m, sigma)
        carry = np.uint64(0)
        for i in range(4):
            old = total[i]
            part = old + h[i]
            over = np.uint64(part < old)
            part += carry
            over += np.uint64(part < carry)
            total[i] = part
            carry = over


def hash_each(data, a, b, out, h, v, m, sigma):
    """The digest of eight bytes of each stretch."""
    for n in range(len(a)):
        digest(data, a[n], b[n], 8, h, v, m, sigma)
        out[n] = h[0]
