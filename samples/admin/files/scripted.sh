#!/bin/sh
# Grüße: "quotes", $(id), `date`, {{x}}, %s \n and a 日本 line
echo '{"get_param": "x"}' > /etc/motd
