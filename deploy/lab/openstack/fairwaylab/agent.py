# SPDX-License-Identifier: Apache-2.0
"""Octavia's driver agent: python -m fairwaylab.agent CONFIGURATION"""

import os
import sys

from fairwaylab.drivers import use_configured_sockets
from fairwaylab.processes import die_with_parent

if __name__ == "__main__":
    configuration = sys.argv[1]
    os.register_at_fork(after_in_child=die_with_parent)  # its listeners are processes
    sys.argv = ["octavia-driver-agent", "--config-file", configuration]
    use_configured_sockets(os.path.join(os.environ["HOME"], "octavia"))

    from octavia.cmd.driver_agent import main

    main()
