"""The playground's recommender, a demo in Python.

It scores articles for customers that it makes up, and pushes CPU profiles with the real SDK (pyroscope-io) to the
profile store at PROFILES_URL.
"""

import math
import os
import signal
import sys
import time

import pyroscope

ARTICLES = 300
CUSTOMERS = 40
PAUSE_S = 0.05


def features(number):
    """What is known of an article or a customer: twelve numbers between 0 and 1."""
    return [math.sin(number * (i + 1)) / 2 + 0.5 for i in range(12)]


def cosine(a, b):
    """How alike two lists of features are, from 0 to 1."""
    dot = sum(x * y for x, y in zip(a, b))
    return dot / math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))


def score_articles(customer):
    """Compares a customer with every article, features made anew each time: the slow way, on purpose."""
    return sorted(((cosine(customer, features(n)), n) for n in range(ARTICLES)), reverse=True)


def recommend(customer):
    """The ten articles that fit best."""
    return [number for _, number in score_articles(features(customer))[:10]]


def main():
    """Recommends until it is told to stop."""
    address = os.environ.get("PROFILES_URL")
    if not address:
        sys.exit("recommender: PROFILES_URL is missing; set it to the address of a Pyroscope.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    pyroscope.configure(
        application_name="recommender",
        server_address=address,
        tags={"namespace": "shop", "version": "v0.7.0", "pod": "recommender-0"},
    )
    print(f"recommender: profiles go to {address}", flush=True)
    try:
        customer = 0
        while True:
            with pyroscope.tag_wrapper({"segment": "new" if customer % 3 == 0 else "regular"}):
                recommend(customer % CUSTOMERS)
            customer += 1
            time.sleep(PAUSE_S)
    except KeyboardInterrupt:
        pass
    finally:
        pyroscope.shutdown()


if __name__ == "__main__":
    main()
