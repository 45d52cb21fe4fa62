# SPDX-License-Identifier: Apache-2.0
"""A private MariaDB that listens on a Unix socket only. Durability is off: a control plane of the lab is thrown away."""

import os
import shutil
import subprocess

import pymysql

from fairwaylab.processes import Child, Failed, await_that

OPTIONS = """[mariadbd]
datadir={place.database}
socket={place.socket}
pid-file={place.root}/db.pid
skip-networking
skip-name-resolve
skip-log-bin
max_connections=400
innodb_buffer_pool_size=64M
innodb_log_file_size=8M
innodb_flush_log_at_trx_commit=0
innodb_flush_method=nosync
innodb_doublewrite=0
innodb_lock_wait_timeout=120
performance_schema=OFF
"""


def url(place, schema):
    return f"mysql+pymysql://root@localhost/{schema}?unix_socket={place.socket}&charset=utf8mb4"


def install(place):
    log = place.logs / "db-install.log"
    with open(log, "wb") as output:
        done = subprocess.run(
            [program("mariadb-install-db"), "--no-defaults", *as_user(), f"--datadir={place.database}",
             "--auth-root-authentication-method=normal", "--skip-test-db"],
            stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Failed(f"mariadb-install-db failed, see {log}")


def start(place):
    options = place.etc / "my.cnf"
    options.write_text(OPTIONS.format(place=place))
    command = [program("mariadbd"), f"--defaults-file={options}", *as_user()]
    child = Child("mariadb", place.logs / "db.log", command, os.environ.copy())
    await_that(lambda: answers(place), "MariaDB", 30, child)
    return child


def answers(place):
    try:
        execute(place, None, "SELECT 1")
        return True
    except pymysql.err.OperationalError:
        return False


def execute(place, schema, *statements):
    connection = pymysql.connect(unix_socket=str(place.socket), user="root", database=schema, autocommit=True)
    with connection, connection.cursor() as cursor:
        for statement in statements:
            if isinstance(statement, str):
                cursor.execute(statement)
            else:
                cursor.execute(*statement)


# As root it wants to be told that this is meant.
def as_user():
    return ["--user=root"] if os.geteuid() == 0 else []


def program(name):
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if not found:
        raise Failed(f"there is no {name}, please install the package mariadb-server")
    return found
