@echo off
rem npcreply.cmd COMMAND ...: one command. Double-clicked: a window in the workspace beside it.
rem ASCII only: the code page of a console is not known before it is open.
setlocal
if "%~1"=="" goto window
"%~dp0python\python.exe" -m npcreply %*
exit /b %errorlevel%

:window
if not defined NPCREPLY_HOME set "NPCREPLY_HOME=%~dp0workspace"
set "PATH=%~dp0;%PATH%"
if not exist "%NPCREPLY_HOME%\schema.yaml" "%~dp0python\python.exe" -m npcreply init "%NPCREPLY_HOME%"
cd /d "%NPCREPLY_HOME%"
title npcreply
"%~dp0python\python.exe" -m npcreply overdue
"%ComSpec%" /k prompt $P$G
