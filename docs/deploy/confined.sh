#!/usr/bin/env bash
# Runs a command as the unit and the image do, where there is neither systemd nor a container: with a read-only root, a directory of
# its own that may be written, a /tmp of its own, a user without rights, and a limit of memory (cgroup). As root:
#   docs/deploy/confined.sh /var/tmp/confined target/pennylane-sync.jar demo --once
# The jar may not lie below /tmp, which is empty for it.
# What the unit has beyond that (its filter of system calls, its address families) only systemd can try.
set -euo pipefail
state=$(realpath -m "$1"); jar=$(realpath "$2"); shift 2
user=10001 limit=${MEMORY_MAX:-1536M}
install -d -o $user -g $user -m 0700 "$state"
group=/sys/fs/cgroup/memory file=memory.limit_in_bytes
[ -d $group ] || { group=/sys/fs/cgroup; file=memory.max; }
group=$group/pennylane-sync-confined
mkdir -p $group
trap 'rmdir $group' EXIT
echo "$limit" > $group/$file
users=$(mktemp)
{ cat /etc/passwd; echo "pennylane-sync:x:$user:$user::$state:/usr/sbin/nologin"; } > "$users"
chmod 0644 "$users"
export state jar users user group
unshare --mount --ipc --pid --fork --mount-proc --propagation private bash -c '
    set -euo pipefail
    echo 0 > "$group/cgroup.procs"
    mount --bind "$state" "$state"
    mount --bind "$users" /etc/passwd
    awk "{ print \$5 }" /proc/self/mountinfo | grep -vxF -e "$state" -e /proc | while read -r mount; do
        mount -o remount,bind,ro "$mount" 2>/dev/null || echo "left as it is: $mount" >&2
    done
    mount -t tmpfs -o mode=1777 tmpfs /tmp
    mount -t tmpfs -o mode=1777 tmpfs /dev/shm
    umask 0077
    cd "$state"
    exec setpriv --reuid=$user --regid=$user --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        java -XX:MaxRAMPercentage=33 -XX:+ExitOnOutOfMemoryError -jar "$jar" "$@"' confined "$@"
